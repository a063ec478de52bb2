package io.heliosctl.view;

import io.heliosctl.model.Amounts;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.NodeState.ReplayPause;
import java.util.ArrayList;
import java.util.Optional;

/// What is wrong with a server, in a few words: the column Problem of `status`.
final class Trouble {

    private Trouble() {}

    /// Empty if nothing is.
    static Optional<String> of(NodeState state) {
        return switch (state) {
            case NodeState.Primary primary ->
                primary.facts().archiveFailing() ? Optional.of("archiving fails") : Optional.empty();
            case NodeState.Standby standby -> ofStandby(standby);
            case NodeState.Stopped stopped -> Optional.of(stopped.control().state());
            case NodeState.Unreachable unreachable -> Optional.of(unreachable.reason());
        };
    }

    private static Optional<String> ofStandby(NodeState.Standby standby) {
        var troubles = new ArrayList<String>();
        if (!standby.isStreaming()) {
            troubles.add("not streaming");
        }
        if (standby.replayPause() != ReplayPause.NOT_PAUSED) {
            troubles.add("replay paused");
        }
        if (!standby.applyDelay().isZero()) {
            troubles.add("delayed by " + Amounts.millis(standby.applyDelay().toMillis()));
        }
        return troubles.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", troubles));
    }
}
