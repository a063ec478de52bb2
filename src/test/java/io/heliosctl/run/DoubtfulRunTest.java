package io.heliosctl.run;

import static io.heliosctl.run.Clusters.PG1;
import static io.heliosctl.run.Clusters.PG2;
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
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.StopMode;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.runbook.RunbookReader;
import io.heliosctl.runbook.Runbooks;
import io.heliosctl.step.StartPostgres;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A run that was cut where nobody knows what has happened since, and what is made of it.
class DoubtfulRunTest {

    private static final Duration LIMIT = Duration.ofSeconds(1);

    private static final String HEAD = """
            version: 1
            name: ours
            summary: A test.
            danger: low
            cast: { old: primary, new: candidate, doors: poolers }
            steps:
            """;

    private final Rehearsal cluster = Rehearsal.of(Clusters.healthy());
    private final MemoryJournal journal = new MemoryJournal();
    private final List<String> calls = new ArrayList<>();
    private Doubts doubts = Doubts.nobody();
    private Plan plan = new Planner(
                    new Runbooks(List.of()).find("switchover"), Clusters.healthy(), Map.of("to", "pgdb2"))
            .plan(TemplateContext.cluster(Clusters.cluster()))
            .plan();

    @Test
    void restartsTheCandidateBeforeItTakesAPromotionBackThatMayHaveBeenSent() {
        cutAt("promote", false);

        assertEquals(new Outcome.RolledBack(List.of()), rollBack(watched(Map.of())));

        assertTrue(calls.indexOf("restart pgdb2") < calls.indexOf("start pgdb1"), calls::toString);
        assertEquals(1, calls.stream().filter("restart pgdb2"::equals).count());
        assertAsBefore();
    }

    @Test
    void takesNothingBackWhenThePromotionArrivesAfterAll() {
        cutAt("promote", false);
        var late = watched(Map.of("restart", arguments -> promoteBehindItsBack()));

        assertEquals(List.of("past-no-return"), codes(rollBack(late)));

        assertFalse(calls.contains("start pgdb1"), calls::toString);
        assertEquals(List.of(PG2), cluster.observe().primaries());
        assertInstanceOf(Outcome.Succeeded.class, resume(cluster));
    }

    @Test
    void goesForwardsWithoutARestartWhereTheOldPrimaryIsStopped() {
        cutAt("promote", false);

        assertInstanceOf(Outcome.Succeeded.class, resume(watched(Map.of())));

        assertFalse(calls.contains("restart pgdb2"), calls::toString);
        assertEquals(List.of(PG2), cluster.observe().primaries());
    }

    @Test
    void decidesNothingAboutACandidateThatCannotBeAsked() {
        cutAt("promote", false);
        var dark = watched(Map.of(
                "observe",
                arguments -> PG2.equals(arguments.length == 0 ? null : arguments[0])
                        ? new NodeState.Unreachable("no route to host")
                        : null));

        assertEquals(List.of("promotion-in-doubt"), codes(resume(dark)));
        assertEquals(List.of("promotion-in-doubt"), codes(rollBack(dark)));
        assertInstanceOf(NodeState.Stopped.class, cluster.observe(PG1));
    }

    @Test
    void believesACandidateThatStoppedAsAStandbyAndNoOther() {
        cutAt("promote", false);
        cluster.stop(PG2, StopMode.FAST, LIMIT);

        assertEquals(List.of("promotion-in-doubt"), codes(rollBack(cluster)));

        var signalled = watched(Map.of("hasTombstone", arguments -> arguments[0].equals(PG2) ? true : null));
        assertEquals(new Outcome.RolledBack(List.of()), rollBack(signalled));
        assertEquals(List.of(PG1), cluster.observe().primaries());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stopsAnOldPrimaryThatWasRebooted(boolean forwards) {
        cutAt("awaitReceived", false);
        cluster.start(PG1, LIMIT);
        assertInstanceOf(NodeState.Standby.class, cluster.observe(PG1), "its tombstone makes it one");

        var outcome = forwards ? resume(cluster) : rollBack(cluster);

        if (forwards) {
            assertInstanceOf(Outcome.Succeeded.class, outcome);
            assertEquals(List.of(PG2), cluster.observe().primaries());
        } else {
            assertInstanceOf(Outcome.RolledBack.class, outcome);
            assertAsBefore();
        }
    }

    /// What watches over the hosts has let the clients in, and started the old primary again.
    @ParameterizedTest
    @ValueSource(strings = {"resume", "rollback"})
    void beginsAnewWhenTheHostsHaveHelpedThemselves(String command) {
        cutAt("awaitReceived", false);
        cluster.removeTombstone(PG1);
        cluster.start(PG1, LIMIT);
        cluster.resume(PGB1);
        cluster.resume(PGB2);

        if (command.equals("resume")) {
            assertInstanceOf(Outcome.Succeeded.class, resume(watched(Map.of())));
            assertTrue(calls.indexOf("pause pgb1") < calls.indexOf("stop pgdb1"), calls::toString);
            assertTrue(calls.indexOf("stop pgdb1") < calls.indexOf("promote pgdb2"), calls::toString);
            assertTrue(cluster.streamsFrom(PG1, PG2));
        } else {
            assertInstanceOf(Outcome.RolledBack.class, rollBack(cluster));
            assertAsBefore();
        }
    }

    /// Clients that are let in must find a server that takes their writes.
    @ParameterizedTest
    @ValueSource(strings = {"pause", "point", "stop"})
    void letsNobodyInWhereNothingCanBeWritten(String call) {
        cutAt(call, true);
        calls.clear();

        resume(watched(Map.of("resume", arguments -> {
            var pooler = (PoolerName) arguments[0];
            var primary = cluster.observe().primaries().getFirst();
            assertTrue(cluster.pointsAt(pooler, primary), () -> pooler + " does not lead to " + primary);
            return null;
        })));
    }

    @Test
    void takesBackWhatFailsWhenItIsGoneOnWith() {
        cutAt("stop", true);
        var broken = watched(Map.of("awaitReceived", arguments -> {
            throw new ProblemException(Problem.error("test", "it did not work"));
        }));

        assertInstanceOf(Outcome.RolledBack.class, resume(broken));
        assertAsBefore();
        assertTrue(calls.indexOf("start pgdb1") < calls.lastIndexOf("resume pgb1"), calls::toString);
    }

    @Test
    void isNotAboutAClusterThatSomebodyElseHasMoved() {
        cutAt("point", true);
        cluster.stop(PG1, StopMode.FAST, LIMIT);
        promoteBehindItsBack();

        assertEquals(List.of("cluster-changed"), codes(resume(cluster)));
        assertEquals(List.of("cluster-changed"), codes(rollBack(cluster)));
    }

    @Test
    void refusesTwoPrimaries() {
        cutAt("promote", true);
        cluster.removeTombstone(PG1);
        cluster.start(PG1, LIMIT);

        assertEquals(List.of("split-brain"), codes(resume(cluster)));
        assertEquals(List.of("split-brain"), codes(rollBack(cluster)));
    }

    @Test
    void doesNotStartWhatWouldBeASecondPrimary() {
        cutAt("promote", true);

        var problems = new StartPostgres(PG1, true, LIMIT).guard(cluster);

        assertEquals("another-primary", problems.getFirst().code());
        assertEquals(List.of(), new StartPostgres(PG1, false, LIMIT).guard(cluster));
    }

    @Test
    void doesNotTakeOneStepForAnother() {
        cutAt("point", true);
        var steps = new ArrayList<>(plan.steps());
        Collections.swap(steps, 2, 3);
        plan = new Plan(
                plan.runbook(),
                plan.parameters(),
                plan.cast(),
                List.of(renumbered(steps.get(0), 1), renumbered(steps.get(1), 2), renumbered(steps.get(2), 3)),
                plan.verify(),
                plan.before());

        var codes = codes(resume(cluster));

        assertEquals("runbook-changed", codes.getFirst());
    }

    @ParameterizedTest
    @ValueSource(strings = {"DONE", "NOT_DONE", "STOP"})
    void asksWhetherACommandWasRun(Doubts.Answer answer) {
        plan = ours("""
              - name: Take it out of the load balancer
                command: { target: old, run: [drain] }
              - name: Tell them
                command: { target: old, run: [tell] }
            """);
        cutAt("execute", true);
        assertEquals(List.of("execute pgdb1"), calls);
        calls.clear();
        doubts = doubt -> answer;

        var outcome = resume(watched(Map.of()));

        assertEquals(answer != Doubts.Answer.STOP, outcome instanceof Outcome.Succeeded, outcome::toString);
        assertEquals(
                switch (answer) {
                    case DONE -> 1;
                    case NOT_DONE -> 2;
                    case STOP -> 0;
                },
                calls.size());
        if (answer == Doubts.Answer.STOP) {
            assertEquals(List.of("in-doubt"), codes(outcome));
            assertEquals(Optional.empty(), journal.history().outcome(), "it is as open as before");
        }
    }

    @Test
    void neverRunsACommandAgainThatHasEnded() {
        plan = ours("""
              - command: { target: old, run: [drain] }
              - checkpoint: { target: old }
              - command: { target: old, run: [tell] }
            """);
        cutAt("checkpoint", false);
        calls.clear();

        assertInstanceOf(Outcome.Succeeded.class, resume(watched(Map.of())));

        assertEquals(1, calls.stream().filter("execute pgdb1"::equals).count(), calls::toString);
    }

    private static PlannedStep renumbered(PlannedStep step, int number) {
        return new PlannedStep(number, step.name(), step.parts(), step.tolerate(), step.atOnce());
    }

    private static Plan ours(String steps) {
        return new Planner(RunbookReader.read("ours.yaml", "a test", HEAD + steps), Clusters.healthy(), Map.of())
                .plan(TemplateContext.cluster(Clusters.cluster()))
                .plan();
    }

    /// The program dies at the first call of that name, before or after its effect.
    private void cutAt(String call, boolean after) {
        var dead = new boolean[1];
        var mortal = watched(Map.of("", arguments -> {
            if (dead[0]) {
                throw new Mortal.Killed();
            }
            return null;
        }));
        var dying = (ClusterControl) Proxy.newProxyInstance(
                ClusterControl.class.getClassLoader(), new Class<?>[] {ClusterControl.class}, (proxy, method, args) -> {
                    try {
                        if (!method.getName().equals(call) || dead[0]) {
                            return method.invoke(mortal, args);
                        }
                        if (after) {
                            method.invoke(mortal, args);
                        }
                        dead[0] = true;
                        journal.die();
                        throw new Mortal.Killed();
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        try {
            new Executor(dying, journal, new Silence(), new Interruption()).run(plan);
        } catch (Mortal.Killed | IllegalStateException e) {
            assertTrue(dead[0], e::toString);
        }
        assertTrue(dead[0]);
    }

    /// The cluster, with what is done to it taken down, and some answers of another kind.
    private ClusterControl watched(Map<String, Function<Object[], Object>> answers) {
        return (ClusterControl) Proxy.newProxyInstance(
                ClusterControl.class.getClassLoader(), new Class<?>[] {ClusterControl.class}, (proxy, method, args) -> {
                    var given = args == null ? new Object[0] : args;
                    if (given.length > 0) {
                        synchronized (calls) {
                            if (!method.getName()
                                    .matches("observe|is.*|has.*|points.*|streams.*|identity.*|routing.*")) {
                                calls.add(method.getName() + " " + given[0]);
                            }
                        }
                    }
                    for (var name : List.of("", method.getName())) {
                        var answer =
                                answers.containsKey(name) ? answers.get(name).apply(given) : null;
                        if (answer != null) {
                            return answer;
                        }
                    }
                    try {
                        return method.invoke(cluster, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Object promoteBehindItsBack() {
        var stopped = cluster.proveStopped(PG1);
        cluster.promote(PG2, stopped, cluster.awaitReceived(PG2, stopped, LIMIT), LIMIT);
        return null;
    }

    private Outcome resume(ClusterControl control) {
        return executor(control).resume(plan, journal.reopen().history());
    }

    private Outcome rollBack(ClusterControl control) {
        return executor(control).rollBack(plan, journal.reopen().history());
    }

    private Executor executor(ClusterControl control) {
        return new Executor(
                control,
                journal,
                new Silence(),
                new Interruption(),
                Tenure.unchallenged(),
                Wakefulness.always(),
                doubt -> doubts.settle(doubt));
    }

    private static List<String> codes(Outcome outcome) {
        return assertInstanceOf(Outcome.Refused.class, outcome).problems().stream()
                .map(problem -> problem.code())
                .toList();
    }

    private void assertAsBefore() {
        assertEquals(List.of(PG1), cluster.observe().primaries());
        assertFalse(cluster.hasTombstone(PG1));
        for (var pooler : List.of(PGB1, PGB2)) {
            assertFalse(cluster.isPaused(pooler));
            assertTrue(cluster.pointsAt(pooler, new NodeName("pgdb1")));
        }
    }
}
