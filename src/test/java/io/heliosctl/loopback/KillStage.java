package io.heliosctl.loopback;

import io.heliosctl.bed.Marionette;
import io.heliosctl.run.History;
import io.heliosctl.run.JournalReader;
import io.heliosctl.run.RunDirectory;
import io.heliosctl.run.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.TreeMap;

/// Everything a case needs, kept from one to the next: the cluster, a process that answers calls, and one that
/// is about to be killed. After a case that has gone wrong it is made anew.
final class KillStage implements AutoCloseable {

    private final Path states;
    private final TreeMap<Integer, Long> usual = new TreeMap<>();
    private int built;
    private boolean spoilt;
    private Path state;
    private LoopbackBed bed;
    private Truth truth;
    private Marionette operator;
    private Marionette victim;

    /// @param states where the operator's machine may keep runs and locks
    KillStage(Path states) {
        this.states = states;
        build();
    }

    private void build() {
        // A new cluster of the same name, and no memory of the old one's runs.
        state = states.resolve("stage" + built++);
        spoilt = false;
        bed = LoopbackBed.start(3);
        truth = new Truth(bed.cluster());
        operator = Marionette.start(state);
        victim = Marionette.start(state);
        // How long each step takes when nothing happens; and the classes of the one who comes back are loaded.
        var exit = operator.calls(bed.cluster().inventory(), "switchover", "--yes");
        if (exit != 0) {
            throw new AssertionError("a switchover does not even work undisturbed\n" + operator.said());
        }
        usual.putAll(operator.took());
    }

    LoopbackBed bed() {
        return bed;
    }

    Truth truth() {
        return truth;
    }

    /// Who comes back.
    Marionette operator() {
        return operator;
    }

    /// The process to be killed; the next one is started at once, as that takes a while.
    Marionette takeVictim() {
        var taken = victim;
        victim = Marionette.start(state);
        return taken;
    }

    /// How the newest run has ended, as its journal says.
    History history() {
        return JournalReader.read(new RunDirectory(state.resolve("heliosctl/runs")), new RunId(run()));
    }

    /// How long a step takes, in milliseconds.
    long usualMillis(int step) {
        return usual.getOrDefault(step, 50L);
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

    /// After a case that has gone wrong nothing is certain: the next one gets a new cluster.
    void spoil() {
        spoilt = true;
    }

    /// Before a case.
    void prepare() {
        if (spoilt) {
            close();
            build();
        }
    }

    @Override
    public void close() {
        victim.close();
        operator.close();
        truth.close();
        bed.close();
    }
}
