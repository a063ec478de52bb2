package io.heliosctl.postgres;

import io.heliosctl.model.NodeState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;

/// Finds out what a server is that does not answer SQL.
final class Silence {

    private final StopWatch stopWatch;

    Silence(StopWatch stopWatch) {
        this.stopWatch = stopWatch;
    }

    /// Stopped if no process owns the data directory; else unreachable, for the reason that SQL gave.
    NodeState of(ProblemException refused) {
        try {
            if (!stopWatch.isRunning()) {
                return new NodeState.Stopped(stopWatch.controlData());
            }
        } catch (ProblemException lookFailed) {
            return unreachable(refused, lookFailed.problems().getFirst().message());
        }
        return unreachable(refused, "");
    }

    private static NodeState unreachable(ProblemException refused, String more) {
        Problem problem = refused.problems().getFirst();
        return new NodeState.Unreachable(more.isEmpty() ? problem.message() : problem.message() + "; " + more);
    }
}
