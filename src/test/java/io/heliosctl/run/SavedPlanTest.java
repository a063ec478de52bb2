package io.heliosctl.run;

import static io.heliosctl.run.Clusters.PG1;
import static io.heliosctl.run.Clusters.PG2;
import static io.heliosctl.run.Clusters.PG3;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.heliosctl.control.Dictation;
import io.heliosctl.control.Dispatch;
import io.heliosctl.control.Dispatches;
import io.heliosctl.control.TemplateContext;
import io.heliosctl.document.Json;
import io.heliosctl.model.InvalidDocumentException;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Topology;
import io.heliosctl.runbook.Runbooks;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A saved plan holds as long as nothing it was made of has changed.
class SavedPlanTest {

    private static final SavedFiles FILES = new SavedFiles("switchover", "a".repeat(64), "b".repeat(64));

    private final SavedPlan saved = again(made(Clusters.healthy(), Optional.empty(), Told.all()));

    @Test
    void comesBackFromItsFileAsItWas() {
        assertEquals(made(Clusters.healthy(), Optional.empty(), Told.all()), saved);
        assertEquals(List.of(), saved.changedFiles(FILES));
        assertEquals(List.of(), saved.changedCluster(Clusters.healthy()));
        assertEquals(List.of(), saved.changedDeeds(made(Clusters.healthy(), Optional.of(saved), Told.all())));
    }

    @Test
    void isStaleWhenTheRunbookOrTheInventoryHasChanged() {
        assertEquals(
                List.of("since this plan was saved, the runbook has changed"),
                messages(saved.changedFiles(new SavedFiles("switchover", "c".repeat(64), FILES.inventorySha256()))));
        assertEquals(
                List.of("since this plan was saved, the inventory has changed, or --set says something else"),
                messages(saved.changedFiles(new SavedFiles("switchover", FILES.runbookSha256(), "c".repeat(64)))));
    }

    @Test
    void isStaleWhenAnotherNodeIsPrimary() {
        var moved = new LinkedHashMap<>(Clusters.healthy().nodes());
        moved.put(PG1, Clusters.standby());
        moved.put(PG2, Clusters.primary());
        var topology = new Topology(
                Clusters.cluster(),
                Clusters.healthy().at(),
                moved,
                Clusters.healthy().poolers());

        assertEquals(List.of("stale-plan"), codes(saved.changedCluster(topology)));
    }

    @Test
    void isStaleWhenANodeIsGoneOrOnAnotherTimelineOrOfAnotherSystem() {
        for (var state : List.of(
                new NodeState.Unreachable("no route"),
                Clusters.standby(
                        Clusters.WRITTEN, Optional.of("streaming"), 4, NodeState.ReplayPause.NOT_PAUSED, Duration.ZERO),
                Clusters.stranger())) {
            assertEquals(List.of("stale-plan"), codes(saved.changedCluster(Clusters.with(PG3, state))));
        }
    }

    @Test
    void aClusterThatHasOnlyWrittenOnIsTheSame() {
        var later = Clusters.standby(
                new Lsn(Clusters.WRITTEN.value() + 100),
                Optional.of("streaming"),
                3,
                NodeState.ReplayPause.NOT_PAUSED,
                Duration.ZERO);
        assertEquals(List.of(), saved.changedCluster(Clusters.with(PG3, later)));
    }

    /// By now pgdb3 would be chosen: the one that was shown is taken all the same.
    @Test
    void keepsItsCandidate() {
        var behind = Clusters.standby(
                new Lsn(Clusters.WRITTEN.value() - (1 << 20)),
                Optional.of("streaming"),
                3,
                NodeState.ReplayPause.NOT_PAUSED,
                Duration.ZERO);
        var topology = Clusters.with(PG2, behind);

        assertEquals(
                List.of("pgdb3"),
                made(topology, Optional.empty(), Told.all()).cast().get("new_primary"));
        assertEquals(List.of(), saved.changedDeeds(made(topology, Optional.of(saved), Told.all())));
    }

    @Test
    void isRefusedForTheCandidatesOwnReasonsWhenItMayNotBePromotedAnyMore() {
        var paused = Clusters.standby(
                Clusters.WRITTEN, Optional.of("streaming"), 3, NodeState.ReplayPause.PAUSED, Duration.ZERO);

        var refused = assertThrows(
                RefusedException.class, () -> made(Clusters.with(PG2, paused), Optional.of(saved), Told.all()));
        assertEquals(List.of("replay-paused"), codes(refused.problems()));
    }

    @Test
    void isStaleWhenTheHostsWouldBeToldSomethingElse() {
        Dispatches silent = (Dispatches) Proxy.newProxyInstance(
                SavedPlanTest.class.getClassLoader(),
                new Class<?>[] {Dispatches.class},
                (proxy, method, arguments) -> List.of());

        assertEquals(
                List.of("since this plan was saved, what the hosts would be told has changed"),
                messages(saved.changedDeeds(made(Clusters.healthy(), Optional.of(saved), silent))));
    }

    /// Targets are told in parallel, so it is by chance who is told first.
    @Test
    void isNotStaleBecauseOthersWereFaster() {
        var plan = RehearsedPlanTest.switchover(Clusters.healthy());
        var rehearsed = RehearsedPlan.of(plan, Dictation.of(Told.all()));
        var steps = new LinkedHashMap<Integer, List<Dispatch>>();
        rehearsed.steps().forEach((number, dispatches) -> steps.put(number, slower(dispatches)));
        var later = new RehearsedPlan(
                plan, rehearsed.outcome(), rehearsed.after(), rehearsed.ahead().reversed(), steps);

        var one = SavedPlan.of(plan, FILES, Map.of()).telling(rehearsed);
        assertEquals(one, SavedPlan.of(plan, FILES, Map.of()).telling(later));
    }

    /// The same for each target, the last target first.
    private static List<Dispatch> slower(List<Dispatch> dispatches) {
        return dispatches.stream()
                .sorted(Comparator.comparing(Dispatch::target).reversed())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "schema",
                "cluster",
                "runbook",
                "runbook_sha256",
                "inventory_sha256",
                "parameters",
                "cast",
                "fingerprint",
                "told_sha256"
            })
    void aFileThatWasChangedIsNoPlan(String key) {
        for (var value : List.<Object>of(7, "", List.of(Map.of()))) {
            var map = new LinkedHashMap<>(saved.asMap());
            map.put(key, value);
            if (!(value.equals("") && (key.equals("cluster") || key.equals("runbook")))) {
                assertThrows(InvalidDocumentException.class, () -> SavedPlan.of("plan.json", map), key + " " + value);
            }
            map.remove(key);
            assertThrows(InvalidDocumentException.class, () -> SavedPlan.of("plan.json", map), key);
        }
    }

    private static SavedPlan made(Topology topology, Optional<SavedPlan> before, Dispatches hosts) {
        var plan = new Planner(new Runbooks(List.of()).find("switchover"), topology, Map.of("drain", "5s"), before)
                .plan(TemplateContext.cluster(topology.cluster()))
                .plan();
        return SavedPlan.of(plan, FILES, Map.of("drain", "5s")).telling(RehearsedPlan.of(plan, Dictation.of(hosts)));
    }

    private static SavedPlan again(SavedPlan plan) {
        return SavedPlan.of(
                "plan.json", Json.object(Json.document(plan.asMap())).orElseThrow());
    }

    private static List<String> codes(List<Problem> problems) {
        return problems.stream().map(Problem::code).toList();
    }

    private static List<String> messages(List<Problem> problems) {
        return problems.stream().map(Problem::message).toList();
    }
}
