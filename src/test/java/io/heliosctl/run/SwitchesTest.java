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
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.Topology;
import io.heliosctl.model.UnknownOutcomeException;
import io.heliosctl.runbook.Runbooks;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Dead-man's switches on the pretend cluster: whenever they fire, there is at most one primary, and it is
/// served.
class SwitchesTest {

    private static final List<String> CALLS =
            List.of("armSwitch", "pause", "point", "stop", "requireSwitch", "tombstone", "awaitReceived", "lastWord");

    private final Rehearsal cluster = Rehearsal.of(Clusters.healthy());

    @Test
    void nothingIsArmedAfterASwitchover() {
        assertInstanceOf(Outcome.Succeeded.class, run(cluster));
        assertEquals(List.of(), cluster.switches().armed());
    }

    @Test
    void everythingIsArmedBeforeThePromotion() {
        run(hooked(
                cluster,
                "lastWord",
                () -> assertEquals(
                        List.of("pgb1", "pgb2", "pgdb1"), cluster.switches().armed())));
    }

    @Test
    void thePromotionIsSentOnlyWhenTheOldPrimaryCannotComeBackByItself() {
        var outcome = run(hooked(cluster, "promote", () -> {
            assertEquals(List.of("pgb1", "pgb2"), cluster.switches().armed());
            cluster.switches().fire();
            assertInstanceOf(NodeState.Stopped.class, cluster.observe(PG1));
            assertTrue(cluster.pointsAt(PGB1, PG2));
        }));
        assertInstanceOf(Outcome.Succeeded.class, outcome);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause", "point", "stop", "requireSwitch", "tombstone", "awaitReceived", "lastWord"})
    void whoeverDiesThereLeavesTheOldPrimaryServing(String call) {
        try {
            run(hooked(cluster, call, () -> {
                throw new AssertionError("killed");
            }));
        } catch (AssertionError | IllegalStateException e) {
            assertTrue(String.valueOf(e).contains("killed")
                    || String.valueOf(e.getCause()).contains("killed"));
        }
        cluster.switches().fire();
        assertServedBy(PG1);
    }

    /// The promotion is refused right before it is sent, and the run is killed while it takes the stop back.
    @ParameterizedTest
    @ValueSource(strings = {"awaitExit", "removeTombstone", "start", "settleSwitch"})
    void whoeverDiesWhileTakingBackLeavesTheOldPrimaryServingToo(String call) {
        var refused = around(cluster, "lastWord", Optional.empty(), Optional.of(() -> new IllegalStateException("no")));
        try {
            run(around(
                    refused,
                    call,
                    Optional.of(() -> {
                        throw new AssertionError("killed");
                    }),
                    Optional.empty()));
        } catch (AssertionError | IllegalStateException e) {
            assertTrue(String.valueOf(e).contains("killed")
                    || String.valueOf(e.getCause()).contains("killed"));
        }
        cluster.switches().fire();
        assertServedBy(PG1);
    }

    @Test
    void whatCannotBeStartedIsNotStartedLaterByItsHost() {
        var refused = around(cluster, "lastWord", Optional.empty(), Optional.of(() -> new IllegalStateException("no")));
        var outcome = run(around(
                refused,
                "start",
                Optional.of(() -> {
                    throw new ProblemException(Problem.error("start-failed", "it did not start"));
                }),
                Optional.empty()));

        assertInstanceOf(Outcome.Unfinished.class, outcome);
        assertFalse(cluster.switches().armed().contains("pgdb1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pgdb1", "pgb1", "pgb2"})
    void oneThatFiresBeforeThePromotionIsTheEndOfTheRun(String name) {
        var outcome = run(hooked(cluster, "lastWord", () -> cluster.switches().fire(name)));

        var back = assertInstanceOf(Outcome.RolledBack.class, outcome);
        assertEquals("switch-fired", back.problems().getFirst().code());
        assertServedBy(PG1);
        assertEquals(List.of(), cluster.switches().armed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"pgdb1", "pgb1", "pgb2"})
    void whereverOneFiresThereIsOnePrimary(String name) {
        for (var call : CALLS) {
            var fresh = Rehearsal.of(Clusters.healthy());
            run(hooked(fresh, call, () -> fresh.switches().fire(name)));
            assertEquals(1, fresh.observe().primaries().size(), call + " " + name);
            assertEquals(List.of(), fresh.switches().armed(), call + " " + name);
            assertFalse(fresh.isPaused(PGB1) || fresh.isPaused(PGB2), call + " " + name);
        }
    }

    @Test
    void noAnswerIsNoLeaveToPromote() {
        var outcome = run(failing(
                "lastWord", () -> new UnknownOutcomeException(Problem.error("switch-unanswered", "no answer"))));

        assertInstanceOf(Outcome.RolledBack.class, outcome);
        assertServedBy(PG1);
        assertEquals(List.of(), cluster.switches().armed());
    }

    @Test
    void aBugThereIsNoLeaveToPromoteEither() {
        assertInstanceOf(Outcome.RolledBack.class, run(failing("lastWord", () -> new IllegalStateException("a bug"))));
        assertServedBy(PG1);
    }

    @Test
    void clientsMustNotWaitLongerThanPgbouncerLetsThem() {
        assertEquals(List.of("budget-too-long"), codes("60", Map.of()));
        assertEquals(List.of(), codes("61", Map.of()));
        assertEquals(List.of(), codes("0", Map.of()));
        assertEquals(List.of(), codes("20", Map.of("pause_budget", "9s", "stop_budget", "5s")));
        assertEquals(List.of("budgets-reversed"), codes("120", Map.of("stop_budget", "30s")));
    }

    private List<String> codes(String patience, Map<String, String> parameters) {
        var answering = (PoolerState.Answering) Clusters.answering("10.0.1.11", false);
        var instance = answering.instances().getFirst();
        var state = new PoolerState.Answering(
                "1.18.0",
                List.of(new PoolerState.Instance(
                        instance.socketDir(),
                        false,
                        8,
                        0,
                        Duration.ZERO,
                        0,
                        0,
                        instance.routes(),
                        Map.of("query_wait_timeout", patience))));
        return SwitchChecks.of(plan(Clusters.with(PGB1, state), parameters)).stream()
                .map(Problem::code)
                .toList();
    }

    private void assertServedBy(NodeName primary) {
        assertEquals(List.of(primary), cluster.observe().primaries());
        assertFalse(cluster.hasTombstone(primary));
        for (var pooler : List.of(PGB1, PGB2)) {
            assertFalse(cluster.isPaused(pooler));
            assertTrue(cluster.pointsAt(pooler, primary));
        }
    }

    private static Outcome run(ClusterControl control) {
        return new Executor(control, Journal.none(), new Silence(), new Interruption())
                .run(plan(Clusters.healthy(), Map.of()));
    }

    private static Plan plan(Topology topology, Map<String, String> more) {
        var parameters = new HashMap<>(more);
        parameters.put("to", "pgdb2");
        return new Planner(new Runbooks(List.of()).find("switchover"), topology, parameters)
                .plan(TemplateContext.cluster(Clusters.cluster()))
                .plan();
    }

    private ClusterControl failing(String call, Supplier<RuntimeException> failure) {
        return around(cluster, call, Optional.empty(), Optional.of(failure));
    }

    private static ClusterControl hooked(Rehearsal cluster, String call, Runnable before) {
        return around(cluster, call, Optional.of(before), Optional.empty());
    }

    private static ClusterControl around(
            ClusterControl cluster,
            String call,
            Optional<Runnable> before,
            Optional<Supplier<RuntimeException>> after) {
        var done = new AtomicBoolean();
        return (ClusterControl) Proxy.newProxyInstance(
                ClusterControl.class.getClassLoader(), new Class<?>[] {ClusterControl.class}, (proxy, method, args) -> {
                    var now = method.getName().equals(call) && done.compareAndSet(false, true);
                    if (now) {
                        before.ifPresent(Runnable::run);
                    }
                    try {
                        var result = method.invoke(cluster, args);
                        if (now && after.isPresent()) {
                            throw after.get().get();
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
