package io.heliosctl.run;

import static io.heliosctl.run.Clusters.PG1;
import static io.heliosctl.run.Clusters.PG2;
import static io.heliosctl.run.Clusters.PG3;
import static io.heliosctl.run.Clusters.PGB1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.model.NodeState;
import io.heliosctl.model.NodeState.Facts;
import io.heliosctl.model.NodeState.OldTransaction;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Topology;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What of an observation refuses a run before anything is changed.
class ChecksTest {

    private static final Duration DRAIN = Duration.ofSeconds(10);

    @Test
    void nothingIsWrongWithAHealthyCluster() {
        assertEquals(List.of(), primary(Clusters.healthy(), false));
        assertEquals(List.of(), poolers(Clusters.healthy()));
        assertEquals(List.of(), replication(Clusters.healthy()));
    }

    @Test
    void theOldPrimaryIsAPrimary() {
        assertEquals(List.of("not-a-primary"), primary(Clusters.with(PG1, Clusters.standby()), false));
    }

    @Test
    void pauseWouldWaitForOldTransactions() {
        assertEquals(List.of("old-transactions"), primary(withTransaction(11), false));
        assertEquals(List.of(), primary(withTransaction(10), false));
        assertEquals(List.of("old-transactions"), primary(withTransaction(11), true));
    }

    @Test
    void aStopWouldWaitForTheArchiver() {
        assertEquals(List.of("archiver-failing"), primary(withFacts(facts(Map.of(), true, 1, List.of())), false));
        assertEquals(List.of("archiver-behind"), primary(withFacts(facts(Map.of(), false, 17, List.of())), false));
        assertEquals(List.of(), primary(withFacts(facts(Map.of(), false, 16, List.of())), false));
    }

    @Test
    void everyPoolerIsThereAndActiveAndLeadsToThePrimary() {
        assertEquals(
                List.of("pooler-unreachable"),
                poolers(Clusters.with(PGB1, new PoolerState.Unreachable("no route to host"))));
        assertEquals(List.of("pooler-paused"), poolers(Clusters.with(PGB1, Clusters.answering("10.0.1.11", true))));
        assertEquals(List.of("pooler-elsewhere"), poolers(Clusters.with(PGB1, Clusters.answering("10.0.1.12", false))));
    }

    @Test
    void pauseWouldWaitForClientsInSessionMode() {
        var healthy = (PoolerState.Answering) Clusters.answering("10.0.1.11", false);
        var instance = healthy.instances().getFirst();
        var session = new PoolerState.Instance(
                instance.socketDir(), false, 8, 0, Duration.ZERO, 0, 1, instance.routes(), instance.config());

        assertEquals(
                List.of("session-pooling"),
                poolers(Clusters.with(PGB1, new PoolerState.Answering("1.18.0", List.of(session)))));
    }

    @Test
    void whoCannotBeAskedMayBeASecondPrimary() {
        assertEquals(
                List.of("node-unreachable"),
                replication(Clusters.with(PG3, new NodeState.Unreachable("no route to host"))));
    }

    @Test
    void theCandidateCanFeedEverybody() {
        assertEquals(List.of("too-few-walsenders"), replication(withCandidate(Map.of("max_wal_senders", "1"))));
        assertEquals(List.of(), replication(withCandidate(Map.of("max_wal_senders", "2"))));
        assertEquals(
                List.of("too-few-slots"),
                replication(withCandidate(Map.of("primary_slot_name", "pgdb2", "max_replication_slots", "1"))));
    }

    @Test
    void theOldPrimaryCanFollow() {
        var nodes = new LinkedHashMap<>(Clusters.healthy().nodes());
        nodes.put(
                PG1,
                withFacts(facts(Map.of("max_connections", "100"), false, 0, List.of()))
                        .state(PG1));
        nodes.put(PG2, withCandidate(Map.of("max_connections", "200")).state(PG2));

        assertEquals(
                List.of("setting-too-low"),
                replication(new Topology(
                        Clusters.cluster(),
                        Clusters.healthy().at(),
                        nodes,
                        Clusters.healthy().poolers())));
    }

    @Test
    void commitsMustNotWaitForNobody() {
        assertEquals(
                List.of("synchronous-nobody"),
                replication(withCandidate(Map.of("synchronous_standby_names", "elsewhere"))));
    }

    private static List<String> primary(Topology topology, boolean endsBlockers) {
        return codes(PrimaryChecks.of(topology, PG1, DRAIN, endsBlockers));
    }

    private static List<String> poolers(Topology topology) {
        return codes(PoolerChecks.of(topology, PG1));
    }

    private static List<String> replication(Topology topology) {
        return codes(ReplicationChecks.of(topology, PG1, PG2));
    }

    private static List<String> codes(List<Problem> problems) {
        return problems.stream().map(Problem::code).distinct().toList();
    }

    private static Topology withTransaction(int seconds) {
        var old = new OldTransaction(4711, "app", "app", Duration.ofSeconds(seconds), "SELECT 1");
        return withFacts(facts(Map.of(), false, 0, List.of(old)));
    }

    private static Facts facts(Map<String, String> settings, boolean failing, int ready, List<OldTransaction> old) {
        return new Facts(settings, failing, ready, old, List.of(), Optional.empty());
    }

    private static Topology withFacts(Facts facts) {
        var primary = Clusters.primary();
        return Clusters.with(
                PG1, new NodeState.Primary(primary.identity(), primary.written(), List.of(), List.of(), facts));
    }

    private static Topology withCandidate(Map<String, String> settings) {
        var standby = Clusters.standby();
        return Clusters.with(
                PG2,
                new NodeState.Standby(
                        standby.identity(),
                        standby.received(),
                        standby.replayed(),
                        standby.upstream(),
                        standby.replayPause(),
                        standby.applyDelay(),
                        List.of(),
                        List.of(),
                        facts(settings, false, 0, List.of())));
    }
}
