package io.heliosctl.step;

import static io.heliosctl.run.Clusters.PG1;
import static io.heliosctl.run.Clusters.PG2;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.control.Rehearsal;
import io.heliosctl.model.ControlData;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.NodeState.ReplayPause;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.StopProof;
import io.heliosctl.model.SystemId;
import io.heliosctl.model.Timeline;
import io.heliosctl.run.Clusters;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is said of a former primary at the end of a failover.
class BuriedTest {

    private static final SystemId SYSTEM = new SystemId("1");
    private static final Timeline TIMELINE = new Timeline(3);
    private static final NodeState STOPPED =
            new NodeState.Stopped(new ControlData(SYSTEM, "in production", Clusters.WRITTEN, TIMELINE, true, true));

    @Test
    void nothingIsOwedForOneThatStreamsByNow() {
        assertEquals("streams from pgdb1", told(Clusters.standby(), true));
    }

    @Test
    void oneThatFollowsNobodyIsOwed() {
        assertEquals(
                "not-rejoined: pgdb2 runs read-only, and does not stream",
                told(
                        Clusters.standby(Clusters.WRITTEN, Optional.empty(), 3, ReplayPause.NOT_PAUSED, Duration.ZERO),
                        true));
    }

    @Test
    void oneThatHasNotBeenStartedYetIsOwed() {
        assertEquals("not-rejoined: pgdb2 is fenced, and not yet a standby", told(STOPPED, true));
    }

    @Test
    void oneThatWouldComeBackWritableIsOwed() {
        var states = List.of(STOPPED, Clusters.standby(), Clusters.primary(), new NodeState.Unreachable("no answer"));
        for (var state : states) {
            assertEquals("not-buried: pgdb2 would come back writable", told(state, false), state::toString);
        }
    }

    /// What the check says of pgdb2, whose cluster has pgdb1 as its primary.
    private static String told(NodeState state, boolean buried) {
        var cluster = Rehearsal.of(Clusters.with(PG2, state));
        if (buried) {
            cluster.tombstone(new StopProof(PG2, SYSTEM, TIMELINE, Clusters.WRITTEN), PG1);
        }
        var check = new Buried(PG2, Duration.ofSeconds(10));
        try {
            return check.apply(cluster);
        } catch (ProblemException e) {
            var problem = e.problems().getFirst();
            return problem.code() + ": " + problem.message();
        }
    }
}
