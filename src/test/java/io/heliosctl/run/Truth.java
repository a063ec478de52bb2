package io.heliosctl.run;

import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Pooler;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.PoolerState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Compares what heliosctl says with what is found by looking.
final class Truth {

    private final World world;
    private final Plight plight;
    private final NodeName from;
    private final NodeName to;
    private final String asBefore;

    Truth(World world, Plight plight) {
        this.world = world;
        this.plight = plight;
        this.from = Plight.FROM;
        this.to = plight.to();
        this.asBefore = world.picture();
    }

    /// @param before the picture when that life began
    void check(Outcome outcome, String before, Trial.Deed deed) {
        switch (outcome) {
            case Outcome.Succeeded done
            when done.owed().isEmpty() -> {
                requireDone();
                ensure(!plight.isFailover(), "a failover owes the old primary");
                if (plight.runbook().equals("switchover")) {
                    requireEverybodyStreams();
                }
            }
            case Outcome.Succeeded owing -> requireDone();
            case Outcome.RolledBack back -> requireAsBefore("it says rolled back");
            case Outcome.Refused refused -> {
                ensure(!refused.problems().isEmpty() || deed != Trial.Deed.RUN, "it was refused for no reason");
                // What arrives late is nobody's doing.
                ensure(before.equals(world.picture()) || world.underway().isLate(), "it says nothing was changed");
            }
            case Outcome.Unfinished open -> requireAllOpenIsSaid(open);
        }
    }

    private void requireDone() {
        if (plight.runbook().equals("fence")) {
            ensure(!world.primaries().contains(from), "it says " + from + " is fenced");
            ensure(
                    world.cluster().observe(from) instanceof NodeState.Standby
                            || world.cluster().hasTombstone(from),
                    from + " would start as a primary");
        } else {
            requireSwitched();
        }
    }

    private void requireSwitched() {
        ensure(world.primaries().equals(List.of(to)), "it says " + to + " is the primary");
        for (var pooler : answering()) {
            ensure(!world.cluster().isPaused(pooler), "it says it succeeded, and clients wait at " + pooler);
            ensure(
                    world.cluster().pointsAt(pooler, to),
                    "it says it succeeded, and clients are not led there by " + pooler);
        }
        ensure(
                !(world.cluster().observe(from) instanceof NodeState.Stopped)
                        || world.cluster().hasTombstone(from),
                from + " would start as a primary");
    }

    private void requireEverybodyStreams() {
        for (var node : world.cluster().cluster().nodes()) {
            ensure(
                    node.name().equals(to) || world.cluster().streamsFrom(node.name(), to),
                    "it owes nothing, and " + node.name() + " does not stream");
        }
    }

    /// A candidate that has followed a sibling may go on doing so.
    private void requireAsBefore(String said) {
        var then = asBefore;
        var now = world.picture();
        if (plight.isFailover()) {
            then = then.replaceAll(" from [a-z0-9]+", "");
            now = now.replaceAll(" from [a-z0-9]+", "");
        }
        if (world.isChangedByOthers()
                || (plight.equals(Plight.SPLIT_BRAIN) && world.primaries().equals(List.of(to)))) {
            then = ofPoolers(then);
            now = ofPoolers(now);
        } else {
            ensure(!world.isPromoted() || plight.equals(Plight.SPLIT_BRAIN), said + ", and " + to + " was promoted");
        }
        ensure(now.equals(then), said + ", and not all is as before: " + then);
    }

    private static String ofPoolers(String picture) {
        return picture.lines().filter(line -> line.startsWith("pgb")).collect(Collectors.joining("\n"));
    }

    /// Clients that wait, and clients that are led to nobody, have to be known to whoever reads the outcome.
    private void requireAllOpenIsSaid(Outcome.Unfinished open) {
        var said = open.problems().stream()
                .map(problem -> problem.message() + " " + problem.detail() + " " + problem.hint())
                .collect(Collectors.joining("\n"));
        ensure(!said.isBlank(), "it is unfinished and does not say why");
        for (var pooler : answering()) {
            if (world.cluster().isPaused(pooler)) {
                ensure(said.contains(pooler.value()), "clients wait at " + pooler + ", and nobody says so: " + said);
            } else if (!(plight.isFailover() && world.primaries().isEmpty())
                    && world.primaries().stream()
                            .noneMatch(node -> world.cluster().pointsAt(pooler, node))) {
                ensure(
                        said.contains(pooler.value()) || said.contains(from.value()) || said.contains(to.value()),
                        "clients of " + pooler + " are led to nobody, and nobody says so: " + said);
            }
        }
    }

    /// What there must be when every switch has fired: nobody waits, and clients are led to who accepts writes.
    /// Between the last word and the promotion nobody may, see docs/switches.md. Where taking back has failed
    /// before, that was said already.
    void requireServed(History history) {
        for (var pooler : poolers()) {
            ensure(!world.cluster().isPaused(pooler), "every switch has fired, and clients wait at " + pooler);
        }
        if (!plight.runbook().equals("switchover")) {
            return;
        }
        var said = history.entries().stream()
                .anyMatch(entry -> entry.takingBack()
                        && entry.status().isPresent()
                        && entry.mayHaveHappened()
                        && entry.status().get() != PartResult.Status.CHANGED);
        if (said || (world.isTurned() && !world.isPromoted())) {
            return;
        }
        for (var primary : world.primaries()) {
            poolers()
                    .forEach(pooler -> ensure(
                            world.cluster().pointsAt(pooler, primary),
                            "every switch has fired, and clients of " + pooler + " are not led to " + primary));
        }
        ensure(
                world.isUnwatched() || !world.primaries().isEmpty(),
                "every switch has fired, and nobody accepts writes");
    }

    /// Every step that was begun has an end, or a later one on the same target settles it.
    void complete(History history) {
        var entries = history.entries();
        for (int index = 0; index < entries.size(); index++) {
            var entry = entries.get(index);
            var settled = entries.subList(index + 1, entries.size()).stream()
                    .anyMatch(later -> later.target().equals(entry.target())
                            && (later.step() == entry.step()
                                    || later.step() == Past.SETTLING
                                    || entry.step() == Past.SETTLING));
            var harmless = history.outcome().equals(Optional.of("rolled_back"));
            ensure(entry.status().isPresent() || settled || harmless, "nobody has settled " + entry);
        }
    }

    private List<PoolerName> answering() {
        return poolers().stream()
                .filter(pooler -> world.cluster().observe(pooler) instanceof PoolerState.Answering)
                .toList();
    }

    private List<PoolerName> poolers() {
        return world.cluster().cluster().poolers().stream().map(Pooler::name).toList();
    }

    private static void ensure(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
