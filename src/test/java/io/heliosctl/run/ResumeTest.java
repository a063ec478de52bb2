package io.heliosctl.run;

import static io.heliosctl.run.Clusters.PG1;
import static io.heliosctl.run.Clusters.PG2;
import static io.heliosctl.run.Clusters.PG3;
import static io.heliosctl.run.Clusters.PGB1;
import static io.heliosctl.run.Clusters.PGB2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.control.Rehearsal;
import io.heliosctl.control.TemplateContext;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.runbook.Runbooks;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A switchover that is cut at every change it makes, right before it and right after, and gone on with.
class ResumeTest {

    private final Rehearsal cluster = Rehearsal.of(Clusters.healthy());
    private final MemoryJournal journal = new MemoryJournal();
    private final Plan plan = plan();

    /// One place where the program is killed.
    ///
    /// @param change counted from 1
    record Cut(int change, boolean after) {}

    private static Stream<Cut> cuts() {
        var mortal = new Mortal(Rehearsal.of(Clusters.healthy()), Integer.MAX_VALUE, false, () -> {});
        new Executor(mortal.control(), Journal.none(), new Silence(), new Interruption()).run(plan());
        return IntStream.rangeClosed(1, mortal.changes())
                .boxed()
                .flatMap(change -> Stream.of(new Cut(change, false), new Cut(change, true)));
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void goesOnForwards(Cut cut) {
        kill(cut);

        assertEquals(new Outcome.Succeeded(List.of()), resume());
        assertSwitchedOver();
        assertNothingMoreIsDone(cut);
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void isTakenBackUntilThereIsANewPrimary(Cut cut) {
        kill(cut);
        var promoted = cluster.observe(PG2) instanceof NodeState.Primary;

        var outcome = rollBack();

        if (promoted) {
            var refused = assertInstanceOf(Outcome.Refused.class, outcome);
            assertEquals("past-no-return", refused.problems().getFirst().code());
            assertEquals(new Outcome.Succeeded(List.of()), resume());
            assertSwitchedOver();
        } else {
            assertEquals(new Outcome.RolledBack(List.of()), outcome);
            assertAsBefore();
        }
        assertNothingMoreIsDone(cut);
    }

    /// Killed once more at every change the rollback makes.
    @ParameterizedTest
    @MethodSource("cuts")
    void goesOnTakingBack(Cut cut) {
        kill(cut);
        if (cluster.observe(PG2) instanceof NodeState.Primary) {
            return;
        }
        for (int change = 1; !Endings.isEnded(journal.history()); change++) {
            var mortal = new Mortal(cluster, change, change % 2 == 0, journal::die);
            try {
                executor(mortal.control()).rollBack(plan, journal.reopen().history());
            } catch (Mortal.Killed | IllegalStateException e) {
                assertTrue(mortal.isDead(), e::toString);
            }
        }

        assertEquals("rolled_back", journal.history().outcome().orElseThrow());
        assertAsBefore();
        assertNothingMoreIsDone(cut);
    }

    /// Resumed instead of rolled back once more: it is taken back to the end all the same.
    @ParameterizedTest
    @MethodSource("cuts")
    void resumesInTheDirectionTheRunHad(Cut cut) {
        kill(cut);
        var mortal = new Mortal(cluster, 1, true, journal::die);
        try {
            executor(mortal.control()).rollBack(plan, journal.reopen().history());
        } catch (Mortal.Killed | IllegalStateException e) {
            assertTrue(mortal.isDead(), e::toString);
        }
        var history = journal.history();
        if (Endings.isEnded(history) || history.entries().stream().noneMatch(History.Entry::takingBack)) {
            return;
        }

        assertEquals(new Outcome.RolledBack(List.of()), resume());
        assertAsBefore();
    }

    @Test
    void isPlannedAgainForTheSameCast() {
        var names =
                (Function<Map<String, ? extends List<?>>, Map<String, List<String>>>) roles -> roles.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                role -> role.getValue().stream()
                                        .map(Object::toString)
                                        .toList()));
        var header = new History.Header(
                "switchover",
                "",
                "",
                "main",
                "alice",
                "0",
                "",
                1,
                Instant.EPOCH,
                plan.parameters(),
                names.apply(plan.cast().nodes()),
                names.apply(plan.cast().poolers()));
        executor(cluster).run(plan);

        var again = new Planner(new Runbooks(List.of()).find("switchover"), cluster.observe(), header.parameters())
                .again(header, TemplateContext.cluster(Clusters.cluster()));

        assertEquals(plan.steps(), again.steps());
        assertEquals(plan.verify(), again.verify());
        assertEquals(plan.cast(), again.cast());
        assertEquals(plan.parameters(), again.parameters());
        assertEquals("16MB", again.parameters().get("max_lag"));
    }

    @Test
    void leavesASucceededRunAsItIs() {
        executor(cluster).run(plan);

        assertEquals(new Outcome.Succeeded(List.of()), resume());
        assertInstanceOf(Outcome.Refused.class, rollBack());
        assertSwitchedOver();
    }

    private void kill(Cut cut) {
        var mortal = new Mortal(cluster, cut.change(), cut.after(), journal::die);
        try {
            executor(mortal.control()).run(plan);
        } catch (Mortal.Killed | IllegalStateException e) {
            assertTrue(mortal.isDead(), e::toString);
        }
        assertTrue(mortal.isDead());
    }

    private Outcome resume() {
        var history = journal.history();
        return executor(cluster)
                .resume(
                        plan,
                        Endings.isEnded(history) ? history : journal.reopen().history());
    }

    private Outcome rollBack() {
        var history = journal.reopen().history();
        return executor(cluster).rollBack(plan, history);
    }

    /// The run has ended; whatever is typed now changes nothing.
    private void assertNothingMoreIsDone(Cut cut) {
        var mortal = new Mortal(cluster, Integer.MAX_VALUE, false, () -> {});
        var history = journal.history();
        var ended = executor(mortal.control()).resume(plan, history);
        assertEquals(history.outcome().orElseThrow(), ended.word());
        executor(mortal.control()).rollBack(plan, history);
        assertEquals(0, mortal.changes(), cut::toString);
    }

    private Executor executor(ClusterControl control) {
        return new Executor(control, journal, new Silence(), new Interruption());
    }

    private static Plan plan() {
        return new Planner(new Runbooks(List.of()).find("switchover"), Clusters.healthy(), Map.of("to", "pgdb2"))
                .plan(TemplateContext.cluster(Clusters.cluster()))
                .plan();
    }

    private void assertSwitchedOver() {
        assertEquals(List.of(PG2), cluster.observe().primaries());
        assertTrue(cluster.streamsFrom(PG1, PG2));
        assertTrue(cluster.streamsFrom(PG3, PG2));
        assertPoolers(PG2);
    }

    private void assertAsBefore() {
        assertEquals(List.of(PG1), cluster.observe().primaries());
        assertFalse(cluster.hasTombstone(PG1));
        assertPoolers(PG1);
    }

    private void assertPoolers(NodeName primary) {
        for (var pooler : List.of(PGB1, PGB2)) {
            assertFalse(cluster.isPaused(pooler));
            assertTrue(cluster.pointsAt(pooler, primary));
        }
    }
}
