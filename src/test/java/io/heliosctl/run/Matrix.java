package io.heliosctl.run;

import io.heliosctl.run.Fault.Kind;
import io.heliosctl.run.Fault.Moment;
import io.heliosctl.run.Trial.Deed;
import io.heliosctl.run.Trial.Ending;
import io.heliosctl.run.Trial.Life;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;

/// Walks all ways in which a run may go wrong, with a given number of faults at most, over any number of
/// lives.
///
/// A path is walked from its beginning each time, for the rehearsal goes the same way each time. Two paths that
/// have led to the same cluster and the same journal go on alike, so only the first of them is gone on with.
final class Matrix {

    /// At which something is to be tried: one more life after a path.
    private record Attempt(List<Life> before, Life life) {

        int faults() {
            return before.stream().mapToInt(earlier -> earlier.faults().size()).sum()
                    + life.faults().size();
        }

        List<Life> lives() {
            var lives = new ArrayList<>(before);
            lives.add(life);
            return lives;
        }
    }

    private static final int ENOUGH = 20;

    private final Supplier<Trial> trials;
    private final List<Kind> kinds;
    private final boolean everything;
    private final Set<String> seen = new HashSet<>();
    /// Few faults first: a state is gone on with from where most are left.
    private final Queue<Attempt> open = new PriorityQueue<>(Comparator.comparingInt(Attempt::faults)
            .thenComparingInt(attempt -> attempt.before().size()));
    private final List<String> failures = new ArrayList<>();
    private int paths;
    private int lives;

    /// @param everything also faults at the journal's lines, at what only waits, and calls that fail although
    ///     they had their effect
    Matrix(Supplier<Trial> trials, List<Kind> kinds, boolean everything) {
        this.trials = trials;
        this.kinds = kinds;
        this.everything = everything;
    }

    /// @param faults at most
    void explore(int faults) {
        open.add(new Attempt(List.of(), new Life(Deed.RUN, List.of())));
        while (!open.isEmpty() && failures.size() < ENOUGH) {
            try {
                walk(open.remove(), faults);
            } catch (AssertionError e) {
                failures.add(e.getMessage());
            }
        }
    }

    private void walk(Attempt attempt, int most) {
        var trial = trials.get();
        attempt.before().forEach(trial::live);
        var ending = trial.live(attempt.life());
        paths++;
        lives += attempt.lives().size();
        if (attempt.faults() < most
                && (ending.outcome().isPresent() || attempt.life().faults().isEmpty())) {
            branch(attempt, ending);
        }
        if (seen.add(trial.key())) {
            endInEveryWay(attempt, trial, most);
        }
    }

    /// The same life with one more fault, later on.
    private void branch(Attempt attempt, Ending ending) {
        var faults = attempt.life().faults();
        var first = faults.isEmpty() ? 0 : faults.getLast().call() + 1;
        for (int call = first; call < ending.calls().size(); call++) {
            for (var fault : faults(call, ending.calls().get(call))) {
                var more = new ArrayList<>(faults);
                more.add(fault);
                open.add(new Attempt(attempt.before(), new Life(attempt.life().deed(), more)));
            }
        }
    }

    /// A state that was never seen before is gone on with in every way.
    private void endInEveryWay(Attempt attempt, Trial trial, int most) {
        end(attempt, List.of(), Deed.RESUME);
        end(attempt, List.of(), Deed.ROLL_BACK);
        if (trial.isEnded()) {
            return;
        }
        end(attempt, List.of(Deed.FIRE), Deed.RESUME);
        end(attempt, List.of(Deed.FIRE), Deed.ROLL_BACK);
        if (everything) {
            end(attempt, List.of(Deed.RESUME, Deed.ROLL_BACK), Deed.RESUME);
        }
        if (trial.isFailover()) {
            for (var deed : List.of(Deed.COME_BACK, Deed.LOSE_SIBLING)) {
                end(attempt, List.of(deed), Deed.RESUME);
                end(attempt, List.of(deed), Deed.ROLL_BACK);
            }
        }
        if (attempt.faults() < most) {
            open.add(new Attempt(attempt.lives(), new Life(Deed.RESUME, List.of())));
            open.add(new Attempt(attempt.lives(), new Life(Deed.ROLL_BACK, List.of())));
        }
    }

    /// @param first what is done before everything is mended and the run is brought to its end
    private void end(Attempt attempt, List<Deed> first, Deed last) {
        paths++;
        lives += attempt.lives().size() + first.size() + 4;
        var trial = trials.get();
        attempt.lives().forEach(trial::live);
        first.forEach(trial::live);
        trial.finish(last);
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
                && moment != Moment.HALF
                && switch (kind) {
                    case DIES -> !call.isOnlyWaiting();
                    case FAILS -> moment == Moment.BEFORE;
                    default -> moment == Moment.AFTER && !call.isOnlyWaiting();
                };
    }

    /// Prints what was walked.
    ///
    /// @throws AssertionError with what was found, shortest path first
    void report(String what) {
        System.out.printf(
                "%s: %,d paths, %,d lives, %,d states, %d failures, %d ms of CPU%n",
                what,
                paths,
                lives,
                seen.size(),
                failures.size(),
                ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000_000);
        if (!failures.isEmpty()) {
            throw new AssertionError(String.join("\n\n", failures));
        }
    }
}
