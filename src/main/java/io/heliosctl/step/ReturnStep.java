package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.control.ReturnControl;
import io.heliosctl.control.ReturnControl.Limits;
import io.heliosctl.model.Change;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Problem;
import java.util.List;
import java.util.Optional;

/// Brings a node back that has left its cluster.
public sealed interface ReturnStep extends NodeStep permits Clone, Rejoin, Rewind {

    /// Whom it is to follow.
    NodeName upstream();

    /// By which ways it may come back.
    Limits limits();

    /// What comes of it, if it does not follow yet.
    Change change();

    @Override
    default List<Problem> guard(ClusterControl cluster) {
        return cluster.observe(target()) instanceof NodeState.Primary
                ? List.of(ReturnControl.writable(target(), upstream()))
                : List.of();
    }

    @Override
    default Optional<Change> pending(ClusterControl cluster) {
        return cluster.streamsFrom(target(), upstream()) ? Optional.empty() : Optional.of(change());
    }

    @Override
    default String apply(ClusterControl cluster) {
        return cluster.returns().bringBack(target(), upstream(), limits(), timeout());
    }

    /// What runs on the host goes on, and whoever resumes the run finds it.
    @Override
    default boolean isCancellable() {
        return true;
    }
}
