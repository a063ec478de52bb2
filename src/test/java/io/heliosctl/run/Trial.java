package io.heliosctl.run;

import io.heliosctl.model.NodeName;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// One run on one pretend cluster, in as many lives of the program as it takes.
final class Trial {

    /// What somebody types, or what happens.
    enum Deed {
        RUN,
        RESUME,
        ROLL_BACK,
        /// What failed for good works again.
        MEND,
        /// Nobody comes back, and every switch that is armed fires.
        FIRE,
        /// The lost primary is back, by whatever way: its host is on, or somebody has started it.
        COME_BACK,
        /// A standby that is not to be promoted cannot be asked any more.
        LOSE_SIBLING
    }

    /// One life of the program and what goes wrong in it.
    record Life(Deed deed, List<Fault> faults) {
        Life {
            faults = List.copyOf(faults);
        }

        @Override
        public String toString() {
            return faults.isEmpty() ? deed.toString() : deed + " with " + faults;
        }
    }

    /// How a life ended.
    ///
    /// @param outcome empty if the program died
    record Ending(Optional<Outcome> outcome, List<FaultyLife.Call> calls) {

        String word() {
            return outcome.map(Outcome::word).orElse("killed");
        }
    }

    private final Plan plan;
    private final World world;
    private final Truth truth;
    private final MemoryJournal journal = new MemoryJournal();
    private final Map<String, Fault> lasting = new HashMap<>();
    private final List<Life> lives = new ArrayList<>();

    Trial(Plan plan, Topology before, NodeName from, NodeName to) {
        this(plan, new Plight("a switchover", "switchover", before, Map.of(), to, false));
    }

    Trial(Plight plight) {
        this(plight.plan(), plight);
    }

    Trial(Plan plan, Plight plight) {
        this.plan = plan;
        this.world = new World(plight);
        this.truth = new Truth(world, plight);
    }

    World world() {
        return world;
    }

    /// Lives one life and checks that what it says at its end is true.
    Ending live(Life life) {
        lives.add(life);
        try {
            return lived(life);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(told(e.getMessage()), e);
        }
    }

    Ending live(Deed deed) {
        return live(new Life(deed, List.of()));
    }

    private Ending lived(Life life) {
        if (life.deed() == Deed.MEND) {
            lasting.clear();
            world.thaw();
            return new Ending(Optional.empty(), List.of());
        }
        if (life.deed() == Deed.FIRE) {
            world.fire();
            truth.requireServed(journal.history());
            return new Ending(Optional.empty(), List.of());
        }
        if (life.deed() == Deed.COME_BACK || life.deed() == Deed.LOSE_SIBLING) {
            world.happen(life.deed());
            return new Ending(Optional.empty(), List.of());
        }
        world.cluster().switches().forget();
        world.underway().begin();
        world.cluster().scene().forget();
        var before = world.picture();
        var faulty = new FaultyLife(world, journal, life.faults(), lasting);
        Optional<Outcome> outcome;
        try {
            outcome = Optional.of(outcome(life.deed(), faulty));
        } catch (Killed e) {
            outcome = Optional.empty();
        }
        outcome.ifPresent(said -> truth.check(said, before, life.deed()));
        return new Ending(outcome, faulty.calls());
    }

    private Outcome outcome(Deed deed, FaultyLife life) {
        var executor = new Executor(life.cluster(), life.journal(), new Silence(), new Interruption());
        if (deed == Deed.RUN) {
            world.tellLosses();
            return executor.run(plan);
        }
        var history = journal.history();
        var open = isEnded() ? history : journal.reopen().history();
        return deed == Deed.RESUME ? executor.resume(plan, open) : executor.rollBack(plan, open);
    }

    History history() {
        return journal.history();
    }

    boolean isFailover() {
        return plan.runbook().equals("failover");
    }

    boolean isEnded() {
        return Endings.isEnded(journal.history());
    }

    /// The word that a run which has ended is left with in its journal.
    String lastWord() {
        return journal.history().outcome().orElse("none");
    }

    /// Mends everything and goes on until it ends, forwards or back, and checks that it stays so.
    void finish(Deed deed) {
        live(Deed.MEND);
        var refusedAtOnce = lastWord().equals("refused");
        var ending = live(deed);
        if (ending.outcome().orElseThrow() instanceof Outcome.Refused refused && !refusedAtOnce) {
            var codes = refused.problems().stream().map(Problem::code).toList();
            if (deed == Deed.ROLL_BACK) {
                ensure(codes.contains("past-no-return"), "a rollback was refused: " + refused.problems());
                live(Deed.RESUME);
            } else if (world.isChangedByOthers()) {
                ensure(
                        codes.stream()
                                .allMatch(Set.of("primary-healthy", "standby-unheard", "too-much-lost")::contains),
                        "a resume was refused: " + refused.problems());
                live(Deed.ROLL_BACK);
            }
        }
        if (!isEnded() && world.underway().isLate()) {
            // It has arrived in the middle of that.
            live(Deed.RESUME);
        }
        ensure(isEnded(), "there is nothing wrong any more, and it does not end: " + ending.outcome());
        truth.complete(journal.history());
        again(Deed.RESUME);
        again(Deed.ROLL_BACK);
        again(Deed.FIRE);
    }

    private void again(Deed deed) {
        var word = lastWord();
        var picture = world.picture();
        var calls = live(deed).calls();
        ensure(calls.isEmpty(), "it had ended, and " + deed + " made " + calls);
        ensure(word.equals(lastWord()), "it had ended as " + word + ", and is " + lastWord() + " after " + deed);
        ensure(picture.equals(world.picture()), "it had ended, and " + deed + " has changed something");
    }

    private void ensure(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(told(otherwise));
        }
    }

    /// What the future depends on: trials with equal keys go on alike.
    String key() {
        // What was written twice counts where it was written last.
        var written = new LinkedHashSet<String>();
        for (var entry : journal.history().entries()) {
            var line = entry.step() + " " + entry.target() + (entry.takingBack() ? " back " : " ")
                    + entry.status().map(PartResult.Status::word).orElse("?");
            written.remove(line);
            written.add(line);
        }
        return world.picture()
                + world.lags()
                + world.cluster().switches()
                + written
                + journal.history().kept()
                + lasting.keySet()
                + isEnded();
    }

    private String told(String what) {
        return what + "\nafter " + lives + "\n" + world.picture()
                + journal.history().entries().stream()
                        .map(entry -> "%d %s on %s: %s"
                                .formatted(
                                        entry.step(),
                                        entry.name(),
                                        entry.target(),
                                        entry.status()
                                                .map(PartResult.Status::word)
                                                .orElse("in doubt")))
                        .collect(Collectors.joining("\n"));
    }
}
