package io.heliosctl.run;

import io.heliosctl.run.Fault.Kind;
import io.heliosctl.run.Fault.Moment;
import io.heliosctl.run.Trial.Deed;
import io.heliosctl.run.Trial.Ending;
import io.heliosctl.run.Trial.Life;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;

/// Walks all ways in which a run may go wrong, with a given number of faults at most, over any number of lives.
///
/// A path is walked from its beginning each time: the rehearsal goes the same way each time. Two paths that have led to
/// the same cluster and the same journal go on alike, so only the first of them is gone on with.
final class Matrix {

    /// Lives so far, and how many faults were spent on them.
    private record Path(List<Life> lives, int faults) {

        Path with(Life life) {
            var longer = new ArrayList<>(lives);
            longer.add(life);
            return new Path(List.copyOf(longer), faults + life.faults().size());
        }
    }

    private final Supplier<Trial> trials;
    private final List<Kind> kinds;
    private final boolean everything;
    private final Set<String> seen = new HashSet<>();
    private final Queue<Path> open = new ArrayDeque<>();
    private final List<String> failures = new ArrayList<>();
    private int most;
    private int paths;
    private int lives;

    /// @param everything also faults at the journal's lines, and calls that fail although they had their effect
    Matrix(Supplier<Trial> trials, List<Kind> kinds, boolean everything) {
        this.trials = trials;
        this.kinds = kinds;
        this.everything = everything;
    }

    /// @param faults at most
    void explore(int faults) {
        most = faults;
        walk(new Path(List.of(), 0), Deed.RUN);
        while (!open.isEmpty() && failures.size() < 20) {
            var path = open.remove();
            walk(path, Deed.RESUME);
            walk(path, Deed.ROLL_BACK);
        }
    }

    /// One more life after a path, with every choice of the faults that are left.
    private void walk(Path path, Deed deed) {
        walk(path, new Life(deed, List.of()));
    }

    private void walk(Path path, Life life) {
        var walked = path.with(life);
        try {
            var trial = trials.get();
            path.lives().forEach(trial::live);
            var ending = trial.live(life);
            lives += walked.lives().size();
            paths++;
            note(walked, trial);
            if (walked.faults() < most && ending.outcome().isPresent() | life.faults().isEmpty()) {
                branch(path, life, ending);
            }
        } catch (AssertionError e) {
            failures.add(e.getMessage());
        }
    }

    private void branch(Path path, Life life, Ending ending) {
        var first = life.faults().isEmpty() ? 0 : life.faults().getLast().call() + 1;
        for (int call = first; call < ending.calls().size(); call++) {
            for (var fault : faults(call, ending.calls().get(call))) {
                var more = new ArrayList<>(life.faults());
                more.add(fault);
                walk(path, new Life(life.deed(), more));
                if (failures.size() >= 20) {
                    return;
                }
            }
        }
    }

    private List<Fault> faults(int index, FaultyLife.Call call) {
        var faults = new ArrayList<Fault>();
        for (var kind : kinds) {
            for (var moment : Moment.values()) {
                if (call.may(kind, moment) && (everything || isWorst(call, kind, moment))) {
                    faults.add(new Fault(index, kind, moment));
                }
            }
        }
        return faults;
    }

    /// As in the usual models: failed, unknown, dead before, dead after.
    private static boolean isWorst(FaultyLife.Call call, Kind kind, Moment moment) {
        return !call.isJournal()
                && switch (kind) {
                    case DIES -> true;
                    case FAILS -> moment == Moment.BEFORE;
                    default -> moment != Moment.BEFORE;
                };
    }

    /// A state that was never seen before is gone on with in every way.
    private void note(Path path, Trial trial) {
        if (!seen.add(path.faults() + trial.key())) {
            return;
        }
        end(path, List.of(), Deed.RESUME);
        end(path, List.of(), Deed.ROLL_BACK);
        if (trial.isEnded()) {
            return;
        }
        end(path, List.of(Deed.FIRE), Deed.RESUME);
        end(path, List.of(Deed.FIRE), Deed.ROLL_BACK);
        end(path, List.of(Deed.RESUME, Deed.ROLL_BACK), Deed.RESUME);
        if (path.faults() < most) {
            open.add(path);
        }
    }

    /// @param first what is done before everything is mended and the run is brought to its end
    private void end(Path path, List<Deed> first, Deed last) {
        paths++;
        lives += path.lives().size() + first.size() + 4;
        try {
            var trial = trials.get();
            path.lives().forEach(trial::live);
            first.forEach(trial::live);
            trial.finish(last);
        } catch (AssertionError e) {
            failures.add(e.getMessage());
        }
    }

    /// Prints what was walked.
    ///
    /// @throws AssertionError with what was found, shortest path first
    void report(String what) {
        System.out.printf(
                "%s: %,d paths, %,d lives, %,d states, %d failures, %d ms of CPU%n",
                what, paths, lives, seen.size(), failures.size(), java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000_000);
        if (!failures.isEmpty()) {
            throw new AssertionError(String.join("\n\n", failures));
        }
    }
}
