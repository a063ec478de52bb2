package io.heliosctl.run;

import static io.heliosctl.run.Clusters.PG2;
import static io.heliosctl.run.Clusters.PG3;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.model.Cluster;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.NodeState.ReplayPause;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CandidatesTest {

    private static final Optional<String> STREAMING = Optional.of("streaming");
    private static final Lsn BEHIND = Lsn.parse("0/1000000");
    private static final long LIMIT = 16 << 20;

    @Test
    void prefersTheHigherPriorityAmongEquals() {
        assertEquals(List.of(PG2, PG3), order(Clusters.healthy()));
    }

    @Test
    void neverTakesOneOfPriorityZero() {
        var healthy = Clusters.healthy();
        var cluster = healthy.cluster();
        var never = new Cluster(
                cluster.name(),
                cluster.environment(),
                cluster.vars(),
                List.of(
                        Clusters.node(Clusters.PG1, "10.0.1.11", 100),
                        Clusters.node(PG2, "10.0.1.12", 0),
                        Clusters.node(PG3, "10.0.2.13", 50)),
                cluster.poolers(),
                cluster.databases(),
                Map.of());
        var ranking = Candidates.ranking(new Topology(never, healthy.at(), healthy.nodes(), healthy.poolers()), LIMIT);

        var refused = ranking.stream()
                .filter(candidacy -> candidacy.node().equals(PG2))
                .findFirst()
                .orElseThrow();
        assertEquals("never-promoted", refused.refusals().getFirst().code());
        assertEquals(PG3, ranking.getFirst().node());
    }

    @Test
    void prefersTheMoreAdvancedToTheHigherPriority() {
        var behind = Clusters.standby(BEHIND, STREAMING, 3, ReplayPause.NOT_PAUSED, Duration.ZERO);

        assertEquals(List.of(PG3, PG2), order(Clusters.with(PG2, behind), Long.MAX_VALUE));
    }

    @Test
    void takesPositionsReadWhileClientsWriteForEqual() {
        var almost = Clusters.standby(Lsn.parse("0/5000000"), STREAMING, 3, ReplayPause.NOT_PAUSED, Duration.ZERO);

        assertEquals(List.of(PG2, PG3), order(Clusters.with(PG2, almost)));
    }

    @Test
    void refusesOneThatIsTooFarBehind() {
        var state = Clusters.standby(BEHIND, STREAMING, 3, ReplayPause.NOT_PAUSED, Duration.ZERO);

        assertEquals(List.of("candidate-behind"), refusals(state));
    }

    @Test
    void refusesOneThatDoesNotStream() {
        assertEquals(
                List.of("not-streaming"),
                refusals(Clusters.standby(
                        Clusters.WRITTEN, Optional.empty(), 3, ReplayPause.NOT_PAUSED, Duration.ZERO)));
        assertEquals(
                List.of("not-streaming"),
                refusals(Clusters.standby(
                        Clusters.WRITTEN, Optional.of("waiting"), 3, ReplayPause.NOT_PAUSED, Duration.ZERO)));
    }

    @Test
    void refusesPausedReplay() {
        assertEquals(
                List.of("replay-paused"),
                refusals(Clusters.standby(Clusters.WRITTEN, STREAMING, 3, ReplayPause.PAUSED, Duration.ZERO)));
        assertEquals(
                List.of("replay-paused"),
                refusals(Clusters.standby(Clusters.WRITTEN, STREAMING, 3, ReplayPause.PAUSE_REQUESTED, Duration.ZERO)));
    }

    @Test
    void refusesADelayedStandby() {
        assertEquals(
                List.of("delayed-standby"),
                refusals(
                        Clusters.standby(Clusters.WRITTEN, STREAMING, 3, ReplayPause.NOT_PAUSED, Duration.ofHours(1))));
    }

    @Test
    void refusesAnotherTimelineAndAStranger() {
        assertEquals(
                List.of("other-timeline"),
                refusals(Clusters.standby(Clusters.WRITTEN, STREAMING, 2, ReplayPause.NOT_PAUSED, Duration.ZERO)));
        assertEquals(List.of("stranger"), refusals(Clusters.stranger()));
    }

    @Test
    void refusesWhatCannotBeAsked() {
        assertEquals(List.of("not-a-standby"), refusals(new NodeState.Unreachable("connection timed out")));
    }

    private static List<String> refusals(NodeState state) {
        return Candidates.ranking(Clusters.with(PG2, state), LIMIT).stream()
                .filter(candidacy -> candidacy.node().equals(PG2))
                .flatMap(candidacy -> candidacy.refusals().stream())
                .map(Problem::code)
                .toList();
    }

    private static List<NodeName> order(Topology topology) {
        return order(topology, LIMIT);
    }

    private static List<NodeName> order(Topology topology, long limit) {
        return Candidates.ranking(topology, limit).stream().map(Candidacy::node).toList();
    }
}
