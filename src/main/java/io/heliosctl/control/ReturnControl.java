package io.heliosctl.control;

import io.heliosctl.model.NodeName;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Way;
import io.heliosctl.model.WayBack;
import java.time.Duration;

/// How a node comes back that has left its cluster.
public interface ReturnControl {

    /// The gentlest way back that works, as far as that can be told without changing anything.
    ///
    /// @param limits between which ways to choose
    /// @throws io.heliosctl.model.ProblemException if there is none
    WayBack wayBack(NodeName node, NodeName upstream, Limits limits);

    /// Brings it back by the gentlest way that works, and waits until it streams and has replayed what was
    /// written before. Goes on with what an earlier process of the same run has begun.
    ///
    /// @return how it was done, in a few words
    String bringBack(NodeName node, NodeName upstream, Limits limits, Duration timeout);

    /// Why a node that accepts writes cannot come back: it may have what nobody else has.
    static Problem writable(NodeName node, NodeName upstream) {
        return Problem.error("split-brain", node + " accepts writes; it cannot be made a standby")
                .detail("%s is to follow %s, and both may have been written to.".formatted(node, upstream))
                .hint("Which of the two is the one to stop is yours to say: heliosctl fence " + node);
    }

    /// Between which ways to choose.
    record Limits(Way gentlest, Way hardest) {

        public Limits {
            if (gentlest.isHarderThan(hardest)) {
                throw new IllegalArgumentException(gentlest + " is harder than " + hardest);
            }
        }

        /// Whatever is no harder than that.
        public static Limits upTo(Way hardest) {
            return new Limits(Way.FOLLOW, hardest);
        }

        /// That way and no other.
        public static Limits only(Way way) {
            return new Limits(way, way);
        }
    }
}
