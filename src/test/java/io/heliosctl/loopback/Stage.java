package io.heliosctl.loopback;

import io.heliosctl.bed.Halt;
import io.heliosctl.bed.Marionette;
import io.heliosctl.bed.WriteSampler;
import io.heliosctl.cli.Puppet.Place;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/// A cluster, a process that answers calls, and one that is about to be killed.
final class Stage implements AutoCloseable {

    private final Path state;
    private final LoopbackBed bed;
    private final Truth truth;
    private final Marionette operator;
    private Marionette victim;

    /// @param state where the operator's machine may keep runs and locks
    Stage(Path state) {
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

    /// Who comes back.
    Marionette operator() {
        return operator;
    }

    /// How somebody from outside asks each server whether it takes a write.
    Map<String, WriteSampler.Door> doors() {
        return bed.cluster().nodes().stream()
                .collect(Collectors.toMap(LoopbackNode::name, node -> () -> node.connect("postgres")));
    }

    /// Has a command typed, kills it where it comes to that point, and rings at every pooler.
    ///
    /// @param millis how long the step may take in which it is killed
    List<Doorbell> kill(Halt point, long millis, String... words) {
        try (var typing = takeVictim()) {
            typing.stopAt(point);
            typing.types(bed.cluster().inventory(), words);
            var ended = typing.awaitHere();
            if (ended.isPresent()) {
                throw new AssertionError("it never came to " + point + "; exit " + ended.get() + "\n" + typing.said());
            }
            if (point.place() == Place.DURING) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                        ThreadLocalRandom.current().nextLong(millis + 1)));
            }
            typing.kill();
        }
        return bed.cluster().poolers().stream().map(Doorbell::ring).toList();
    }

    /// The process to be killed; the next one is started at once, as that takes a while.
    private Marionette takeVictim() {
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

    /// How a run has ended, as its journal says.
    History history(String run) {
        return JournalReader.read(new RunDirectory(state.resolve("heliosctl/runs")), new RunId(run));
    }

    @Override
    public void close() {
        victim.close();
        operator.close();
        truth.close();
        bed.close();
    }
}
