package io.heliosctl.loopback;

import io.heliosctl.bed.Marionette;
import io.heliosctl.demo.LoopbackNode;
import io.heliosctl.run.History;
import io.heliosctl.run.JournalReader;
import io.heliosctl.run.RunDirectory;
import io.heliosctl.run.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// A cluster whose primary is killed again and again, one process that answers calls, and one that is about to
/// be killed.
final class FailoverStage implements AutoCloseable {

    private final Path state;
    private final LoopbackBed bed;
    private final Truth truth;
    private final Marionette operator;
    private Marionette victim;

    FailoverStage(Path state) {
        this.state = state;
        bed = LoopbackBed.start(3);
        truth = new Truth(bed.cluster());
        operator = Marionette.start(state);
        victim = Marionette.start(state);
    }

    LoopbackBed bed() {
        return bed;
    }

    Truth truth() {
        return truth;
    }

    Marionette operator() {
        return operator;
    }

    Marionette takeVictim() {
        var taken = victim;
        victim = Marionette.start(state);
        return taken;
    }

    /// The id of the newest run.
    String run() {
        try (var runs = Files.list(state.resolve("heliosctl/runs"))) {
            return runs.map(path -> path.getFileName().toString())
                    .max(Comparator.naturalOrder())
                    .orElseThrow(() -> new AssertionError("no run"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    History history(String run) {
        return JournalReader.read(new RunDirectory(state.resolve("heliosctl/runs")), new RunId(run));
    }

    /// Makes the cluster whole again: a primary that was lost is a new standby, or it runs again where nobody
    /// has taken its place.
    void heal(LoopbackNode lost, boolean replaced) {
        if (replaced) {
            lost.cloneAgain(bed.cluster().primary());
        } else if (!lost.isRunning()) {
            lost.start();
        }
        bed.cluster().awaitStreaming(bed.cluster().primary());
    }

    @Override
    public void close() {
        victim.close();
        operator.close();
        truth.close();
        bed.close();
    }
}
