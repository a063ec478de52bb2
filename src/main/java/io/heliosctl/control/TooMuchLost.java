package io.heliosctl.control;

import io.heliosctl.model.LossEstimate;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.Problem;

/// More would be lost than is allowed.
public final class TooMuchLost {

    private TooMuchLost() {}

    /// The problem, with the measure to accept it by.
    public static Problem problem(NodeName lost, LossEstimate estimate, long allowed) {
        return Problem.error(
                        "too-much-lost", "promoting %s would lose more than is allowed".formatted(estimate.standby()))
                .detail("%s wrote up to %s at least (%s); %s received %s: %d bytes, and %d may be lost."
                        .formatted(
                                lost,
                                estimate.known(),
                                estimate.source(),
                                estimate.standby(),
                                estimate.received(),
                                estimate.bytes(),
                                allowed))
                .hint("Bring back a standby that has more, or %s itself; or accept the loss with --lose-up-to %dB."
                        .formatted(lost, estimate.bytes()));
    }
}
