package io.heliosctl.control;

import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState.Primary;
import io.heliosctl.model.NodeState.Unreachable;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.Way;
import io.heliosctl.model.WayBack;
import java.time.Duration;

/// How a pretend node comes back. Which way works is a question of files, and is asked of the real ones.
final class RehearsedReturn implements ReturnControl {

    private final Rehearsal rehearsal;

    RehearsedReturn(Rehearsal rehearsal) {
        this.rehearsal = rehearsal;
    }

    @Override
    public WayBack wayBack(NodeName node, NodeName upstream, Limits limits) {
        var state = rehearsal.observe(node);
        if (state instanceof Primary) {
            throw new ProblemException(ReturnControl.writable(node, upstream));
        }
        // What does not answer may have no data directory; of anything else only the real host can tell.
        if (state instanceof Unreachable unreachable && limits.hardest() != Way.CLONE) {
            throw new ProblemException(Problem.error("node-unreachable", "node %s could not be asked".formatted(node))
                    .detail(unreachable.reason() + "."));
        }
        return new WayBack(limits.gentlest(), false, "pretended");
    }

    @Override
    public String bringBack(NodeName node, NodeName upstream, Limits limits, Duration timeout) {
        wayBack(node, upstream, limits);
        rehearsal.tell(hosts -> hosts.bringBack(node, upstream, limits));
        rehearsal.comeBack(node, upstream);
        return "streams";
    }
}
