package io.heliosctl.run;

import static io.heliosctl.run.Clusters.PG1;
import static io.heliosctl.run.Clusters.PG2;
import static io.heliosctl.run.Clusters.PG3;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.control.Rehearsal;
import io.heliosctl.control.TemplateContext;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.StopMode;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.runbook.Runbooks;
import io.heliosctl.step.Follow;
import io.heliosctl.step.Promote;
import io.heliosctl.step.Rejoin;
import io.heliosctl.step.SinglePrimary;
import io.heliosctl.step.StartPostgres;
import io.heliosctl.step.Step;
import io.heliosctl.step.StopPostgres;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What each step asks right before it is made, and that it is heard.
class GuardsTest {

    private static final Duration TIME = Duration.ofSeconds(1);
    private static final Problem STRANGER = Problem.error("other-server", "another server answers");

    private final Rehearsal cluster = Rehearsal.of(Clusters.healthy());
    private final List<String> calls = new ArrayList<>();

    @Test
    void promotesNobodyWhileTheOldPrimaryRuns() {
        assertEquals(List.of("not-stopped"), codes(new Promote(PG2, PG1, TIME).guard(cluster)));
    }

    @Test
    void promotesNobodyTwiceOrWithoutAStandby() {
        var stopped = cluster.stop(PG1, StopMode.FAST, TIME);
        cluster.stop(PG2, StopMode.FAST, TIME);

        assertEquals(List.of("not-a-standby"), codes(new Promote(PG2, PG1, TIME).guard(cluster)));
        assertThrows(ProblemException.class, () -> cluster.awaitReceived(PG2, stopped, TIME));
    }

    @Test
    void promotesNobodyBesideAPrimaryThatSomebodyElseHasMade() {
        var stopped = cluster.stop(PG1, StopMode.FAST, TIME);
        assertEquals(List.of(), codes(new Promote(PG2, PG1, TIME).guard(cluster)));

        cluster.promote(PG3, stopped, cluster.awaitReceived(PG3, stopped, TIME), TIME);

        assertEquals(List.of("not-the-only-primary"), codes(new Promote(PG2, PG1, TIME).guard(cluster)));
    }

    static List<Step> stepsOnOneServer() {
        return List.of(
                new Promote(PG2, PG1, TIME),
                new StopPostgres(PG1, StopMode.FAST, Optional.of(PG2), TIME),
                new Follow(PG3, PG2, TIME),
                new Rejoin(PG3, PG2, TIME));
    }

    @ParameterizedTest
    @MethodSource("stepsOnOneServer")
    void touchesNoOtherServerThanWasPlannedFor(Step step) {
        assertTrue(codes(step.guard(stranger())).contains("other-server"));
    }

    @Test
    void aGuardIsHeard() {
        var outcome = new Executor(stranger(), Journal.none(), new Silence(), new Interruption()).run(plan());

        assertInstanceOf(Outcome.RolledBack.class, outcome);
        assertFalse(calls.contains("stop"), calls::toString);
    }

    @Test
    void letsNoPrimaryFollow() {
        assertEquals(List.of("not-a-standby"), codes(new Follow(PG1, PG2, TIME).guard(cluster)));
        assertEquals(List.of("split-brain"), codes(new Rejoin(PG1, PG2, TIME).guard(cluster)));
    }

    @Test
    void startsNoPrimaryBesideAnotherOne() {
        promoted();

        assertEquals(List.of("another-primary"), codes(new StartPostgres(PG1, true, TIME).guard(cluster)));
    }

    @Test
    void aStopIsDoneOnlyWithItsTombstone() {
        var stop = new StopPostgres(PG1, StopMode.FAST, Optional.of(PG2), TIME);
        var proof = cluster.stop(PG1, StopMode.FAST, TIME);
        assertTrue(stop.pending(cluster).isPresent());

        cluster.tombstone(proof, PG2);
        assertTrue(stop.pending(cluster).isEmpty());
    }

    @Test
    void twoPrimariesAreNotTakenForOne() {
        promoted();
        cluster.start(PG1, TIME);

        assertThrows(ProblemException.class, () -> new SinglePrimary(PG2, TIME).apply(cluster));
    }

    @Test
    void isRefusedWhenItCannotBePrepared() {
        var trial = new Trial(plan(), Clusters.healthy(), PG1, PG2);
        var fault = new Fault(0, Fault.Kind.FAILS, Fault.Moment.BEFORE);

        assertEquals(
                "refused",
                trial.live(new Trial.Life(Trial.Deed.RUN, List.of(fault))).word());
    }

    /// What was sent without an error and changed nothing was not made.
    @Test
    void looksAgainAfterAStep() {
        var record = new StepRunner(proxy("follow"), Journal.none(), new Interruption(), (due, takingBack) -> List.of())
                .run(step(0, new Follow(PG3, PG1, TIME)), false);

        assertEquals(List.of(), codes(record.problems()), "it streams from there already");
        promoted();
        record = new StepRunner(proxy("follow"), Journal.none(), new Interruption(), (due, takingBack) -> List.of())
                .run(step(0, new Follow(PG3, PG2, TIME)), false);
        assertEquals(List.of("not-done"), codes(record.problems()));
    }

    @Test
    void toleratesNoMoreThanIsAllowed() {
        assertTrue(record(0, 1).failed());
        assertFalse(record(1, 1).failed());
        assertTrue(record(1, 2).failed());
    }

    private static StepRecord record(int tolerate, int failures) {
        var part = new Follow(PG3, PG2, TIME);
        var result = new PartResult(part, PartResult.Status.FAILED, List.of(STRANGER), "");
        return new StepRecord(step(tolerate, part), List.of(result, result).subList(0, failures), 0, 0);
    }

    private static PlannedStep step(int tolerate, Step part) {
        return new PlannedStep(1, "A step", List.of(part), tolerate, 1);
    }

    /// Two primaries would also be no reason to go on with a run that was cut off.
    @Test
    void goesOnWithNothingWhileTwoAcceptWrites() {
        var journal = new MemoryJournal();
        promoted();
        cluster.start(PG1, TIME);

        var outcome =
                new Executor(cluster, journal, new Silence(), new Interruption()).resume(plan(), journal.history());

        assertEquals(List.of("split-brain"), codes(outcome.problems()));
    }

    private void promoted() {
        var proof = cluster.stop(PG1, StopMode.FAST, TIME);
        cluster.promote(PG2, proof, cluster.awaitReceived(PG2, proof, TIME), TIME);
        assertInstanceOf(NodeState.Primary.class, cluster.observe(PG2));
    }

    /// As if behind every name were another server now.
    private ClusterControl stranger() {
        return proxy("identityProblems");
    }

    /// @param call does nothing, or finds a stranger
    private ClusterControl proxy(String call) {
        return (ClusterControl) Proxy.newProxyInstance(
                ClusterControl.class.getClassLoader(),
                new Class<?>[] {ClusterControl.class},
                (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    if (method.getName().equals(call)) {
                        return method.getReturnType() == void.class ? null : List.of(STRANGER);
                    }
                    try {
                        return method.invoke(cluster, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Plan plan() {
        return new Planner(new Runbooks(List.of()).find("switchover"), Clusters.healthy(), Map.of("to", "pgdb2"))
                .plan(TemplateContext.cluster(Clusters.cluster()))
                .plan();
    }

    private static List<String> codes(List<Problem> problems) {
        return problems.stream().map(Problem::code).toList();
    }
}
