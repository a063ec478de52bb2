package io.heliosctl.run;

import static io.heliosctl.run.Clusters.PG1;
import static io.heliosctl.run.Clusters.PG2;
import static io.heliosctl.run.Clusters.PG3;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.control.Dictation;
import io.heliosctl.control.Findings;
import io.heliosctl.control.Proofs;
import io.heliosctl.control.Rehearsal;
import io.heliosctl.model.ControlData;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Topology;
import io.heliosctl.runbook.RunbookReader;
import io.heliosctl.runbook.Runbooks;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// A node comes back on a pretend cluster, and what keeps it from being brought back.
class RejoinTest {

    private static final NodeState DARK = new NodeState.Unreachable("no answer");

    private final Set<String> asked = new TreeSet<>();

    @Test
    void aStoppedNodeStreamsInTheEnd() {
        var rehearsal = Rehearsal.of(Clusters.with(PG3, stopped("in production")));
        assertInstanceOf(Outcome.Succeeded.class, run(rehearsal, plan("rejoin", rehearsal.observe(), "pgdb3")));
        assertTrue(rehearsal.streamsFrom(PG3, PG1));
    }

    /// Behind it lies no way back: pg_rewind cannot be undone.
    @Test
    void whatDoesNotWorkIsUnfinishedAndNeverTakenBack() {
        var rehearsal = Rehearsal.of(Clusters.with(PG3, DARK));
        var outcome = run(rehearsal, ours("rewind: { target: node, upstream: primary }", rehearsal.observe()));
        assertEquals(
                "node-unreachable",
                assertInstanceOf(Outcome.Unfinished.class, outcome)
                        .problems()
                        .getFirst()
                        .code());
    }

    @Test
    void whatOnlyFollowsCanStillBeTakenBack() {
        var rehearsal = Rehearsal.of(Clusters.with(PG3, DARK));
        var plan = ours("rejoin: { target: node, upstream: primary }", rehearsal.observe());
        assertInstanceOf(Outcome.RolledBack.class, run(rehearsal, plan));
    }

    /// What does not answer may have no data directory, and gets a copy.
    @Test
    void onlyACloneIsTriedWhereNothingAnswers() {
        var rehearsal = Rehearsal.of(Clusters.with(PG3, DARK));
        assertInstanceOf(Outcome.Succeeded.class, run(rehearsal, plan("clone", rehearsal.observe(), "pgdb3")));
    }

    @Test
    void nobodyComesBackWhileTwoAcceptWrites() {
        var refused = assertThrows(
                RefusedException.class, () -> plan("rejoin", Clusters.with(PG2, Clusters.primary()), "pgdb2"));
        assertEquals("split-brain", refused.problems().getFirst().code());
    }

    @Test
    void thePrimaryHasNobodyToComeBackTo() {
        var findings = preflight(Clusters.healthy(), plan("rejoin", Clusters.healthy(), "pgdb1"));
        assertTrue(codes(findings).contains("is-primary"), codes(findings).toString());
    }

    @Test
    void theWayAndTheLoginAreProvedFirst() {
        var topology = Clusters.with(PG3, stopped("shut down"));
        preflight(topology, plan("rejoin", topology, "pgdb3"));
        assertTrue(
                asked.containsAll(Set.of("wayBack", "replicationLogin", "requireTemplates", "space")),
                asked.toString());
    }

    @Test
    void nothingIsAskedOfWhoStreamsAlready() {
        preflight(Clusters.healthy(), plan("rejoin", Clusters.healthy(), "pgdb3"));
        assertEquals(Set.of(), kept("wayBack", "replicationLogin"));
    }

    /// A fence may have masked it; that is taken back in the end.
    @Test
    void aMaskedUnitIsNoReason() {
        var masked = Problem.error("unit-not-loaded", "no").detail("systemd says: masked.");
        var missing = Problem.error("unit-not-loaded", "no").detail("systemd says: not-found.");
        assertEquals(
                List.of(missing),
                ReturnChecks.withoutMask(Findings.of(List.of(masked, missing))).problems());
    }

    @Test
    void theHostsAreToldOfIt() {
        var plan = plan("rejoin", Clusters.with(PG3, stopped("shut down")), "pgdb3");
        var rehearsed = RehearsedPlan.of(plan, Dictation.of(Told.all()));
        assertEquals(
                List.of("bringBack"),
                rehearsed.of(plan.steps().getFirst()).stream()
                        .map(dispatch -> dispatch.text())
                        .toList());
    }

    private Set<String> kept(String... names) {
        var kept = new TreeSet<>(asked);
        kept.retainAll(List.of(names));
        return kept;
    }

    private Findings preflight(Topology topology, Plan plan) {
        return new Preflight(Rehearsal.of(topology), proofs())
                .of(plan, new Preflight.Limits(Duration.ofSeconds(10), false, Set.of(), false));
    }

    private Proofs proofs() {
        return (Proofs) Proxy.newProxyInstance(
                RejoinTest.class.getClassLoader(), new Class<?>[] {Proofs.class}, (proxy, method, arguments) -> {
                    synchronized (asked) {
                        asked.add(method.getName());
                    }
                    return method.getReturnType() == Findings.class ? Findings.none() : null;
                });
    }

    private static NodeState stopped(String state) {
        var identity = Clusters.primary().identity();
        return new NodeState.Stopped(
                new ControlData(identity.systemId(), state, Clusters.WRITTEN, identity.timeline(), true, true));
    }

    private static Outcome run(Rehearsal rehearsal, Plan plan) {
        return new Executor(rehearsal, new MemoryJournal(), new Silence(), new Interruption()).run(plan);
    }

    private static Plan plan(String runbook, Topology topology, String node) {
        return new Planner(new Runbooks(List.of()).find(runbook), topology, Map.of("node", node))
                .plan(Map.of())
                .plan();
    }

    private static Plan ours(String step, Topology topology) {
        var runbook = """
                version: 1
                name: ours
                summary: Brings one back.
                params: { node: { type: node, default: pgdb3 } }
                cast: { node: params.node, primary: primary }
                steps:
                  - STEP
                """.replace("STEP", step);
        return new Planner(RunbookReader.read("ours", "ours", runbook), topology, Map.of(), Optional.empty())
                .plan(Map.of())
                .plan();
    }

    private static List<String> codes(Findings findings) {
        return findings.problems().stream().map(Problem::code).toList();
    }
}
