package io.heliosctl.postgres;

import io.heliosctl.model.NodeState;
import io.heliosctl.model.ProblemException;

/// Finds out what a server is that does not answer SQL.
final class Silence {

    private final StopWatch stopWatch;

    Silence(StopWatch stopWatch) {
        this.stopWatch = stopWatch;
    }

    /// Stopped if no process owns the data directory; else unreachable, for the reason that SQL gave.
    NodeState of(ProblemException refused) {
        var reason = refused.problems().getFirst().message();
        try {
            return stopWatch.isRunning()
                    ? new NodeState.Unreachable(reason, true)
                    : new NodeState.Stopped(stopWatch.controlData());
        } catch (ProblemException lookFailed) {
            return new NodeState.Unreachable(
                    reason + "; " + lookFailed.problems().getFirst().message());
        }
    }
}
