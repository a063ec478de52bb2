package io.heliosctl.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.control.Findings;
import io.heliosctl.control.Proofs;
import io.heliosctl.control.Rehearsal;
import io.heliosctl.control.TemplateContext;
import io.heliosctl.model.Problem;
import io.heliosctl.runbook.RunbookReader;
import io.heliosctl.runbook.Runbooks;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What is asked before a run, and what of the rehearsal is told.
class PreflightTest {

    private static final String FORGETFUL = """
            version: 1
            name: ours
            summary: Forgets to stop the old primary.
            cast: { old: primary, new: candidate, poolers: poolers }
            steps:
              - promote: { target: new, of: old }
            """;

    private final Set<String> asked = new TreeSet<>();
    private final Set<Object> roomy = new HashSet<>();
    private Findings answer = Findings.none();

    @Test
    void aRehearsalThatFailsIsARefusal() {
        var findings = preflight(FORGETFUL, false);

        assertEquals(List.of("rehearsal-failed", "not-stopped"), codes(findings));
    }

    /// The rehearsal would only say again what is known.
    @Test
    void isNotToldBesideOtherReasons() {
        answer = Findings.of(List.of(Problem.error("sudo-refused", "no")));

        assertEquals(List.of("sudo-refused"), codes(preflight(FORGETFUL, false)));
    }

    @Test
    void triesTheFilesOnlyInADryRun() {
        preflight(FORGETFUL, false);
        assertEquals(Set.of(), only("trial"));

        preflight(FORGETFUL, true);
        assertEquals(Set.of("trial"), only("trial"));
    }

    @Test
    void looksForOtherManagersAndRoomWhereServersAreTouched() {
        preflight(FORGETFUL, false);
        assertEquals(Set.of("managers", "space"), only("managers", "space"));

        asked.clear();
        preflight("""
                version: 1
                name: ours
                summary: Looks only.
                cast: { old: primary }
                steps:
                  - checkpoint: { target: old }
                """, false);
        assertEquals(Set.of(), only("managers", "space"));
    }

    /// A full disk may be why the old primary is lost.
    @Test
    void aFailoverNeedsRoomWhereItPromotes() {
        var lost = Plight.CRASHED.topology();
        var plan = new Planner(new Runbooks(List.of()).find("failover"), lost, Map.of("to", "pgdb2"))
                .plan(TemplateContext.cluster(lost.cluster()))
                .plan();

        new Preflight(Rehearsal.of(lost), proofs())
                .of(plan, new Preflight.Limits(Duration.ofSeconds(10), false, Set.of(), false));

        assertEquals(Set.of(Clusters.PG2), roomy);
        roomy.clear();
        preflight(FORGETFUL, false);
        assertEquals(Set.of(Clusters.PG1, Clusters.PG2, Clusters.PG3), roomy);
    }

    private Set<String> only(String... names) {
        var kept = new TreeSet<>(asked);
        kept.retainAll(List.of(names));
        return kept;
    }

    private Findings preflight(String runbook, boolean trial) {
        var topology = Clusters.healthy();
        var plan = new Planner(RunbookReader.read("ours", "ours", runbook), topology, Map.of())
                .plan(TemplateContext.cluster(topology.cluster()))
                .plan();
        return new Preflight(Rehearsal.of(topology), proofs())
                .of(plan, new Preflight.Limits(Duration.ofSeconds(10), false, Set.of(), trial));
    }

    private Proofs proofs() {
        return (Proofs) Proxy.newProxyInstance(
                PreflightTest.class.getClassLoader(), new Class<?>[] {Proofs.class}, (proxy, method, arguments) -> {
                    synchronized (asked) {
                        asked.add(method.getName());
                        if (method.getName().equals("space")) {
                            roomy.add(arguments[0]);
                        }
                    }
                    if (method.getReturnType() == Optional.class) {
                        return Optional.empty();
                    }
                    return method.getReturnType() == Findings.class ? answer : null;
                });
    }

    private static List<String> codes(Findings findings) {
        return findings.problems().stream().map(Problem::code).toList();
    }
}
