package io.heliosctl.control;

import io.heliosctl.model.ControlData;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.NodeState.Primary;
import java.util.Optional;

/// What is known of a node that has left its cluster, and of the primary that it is to come back to.
///
/// @param hasData whether there is a data directory
/// @param fresh whether it is a copy that was made to be a standby, and has not been started yet
/// @param halfRewound whether a pg_rewind has begun there and not come to a good end
/// @param control what pg_controldata says there
/// @param end how far its WAL goes, at least
/// @param fork where the primary's history has left the node's timeline; empty if it never was on it, or is still
/// @param forkKnown false if the primary could not be asked about that
record Stray(
        NodeName name,
        NodeState state,
        boolean hasData,
        boolean fresh,
        boolean halfRewound,
        Optional<ControlData> control,
        Optional<Lsn> end,
        Primary primary,
        Optional<Lsn> fork,
        boolean forkKnown) {

    /// One that is whole in itself, and does not run.
    boolean isStopped() {
        return state instanceof NodeState.Stopped;
    }

    /// True if it was shut down as a primary or as a standby.
    boolean isShutDown() {
        return isStopped()
                && control.filter(
                                data -> data.isCleanlyShutDown() || data.state().equals("shut down in recovery"))
                        .isPresent();
    }

    /// True if it was a primary, or was becoming one, when it was last heard of.
    boolean wasPrimary() {
        return isStopped()
                && control.filter(data -> !data.state().equals("shut down in recovery")
                                && !data.state().equals("in archive recovery"))
                        .isPresent();
    }

    /// True if it has WAL that the primary does not have. Where a clean stop has written its last record, the
    /// primary has to have all of that record.
    boolean hasParted() {
        if (fork.isEmpty() || end.isEmpty()) {
            return false;
        }
        var last = end.get();
        return wasPrimary() ? !fork.get().isPast(last) : last.isPast(fork.get());
    }
}
