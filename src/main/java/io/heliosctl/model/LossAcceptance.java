package io.heliosctl.model;

/// A measured permission to lose what a standby has not received.
///
/// @param estimate what would be lost
/// @param allowed how many bytes of WAL may be lost
public record LossAcceptance(NodeName lost, SystemId systemId, Timeline timeline, LossEstimate estimate, long allowed)
        implements Coverage {

    public LossAcceptance {
        if (estimate.bytes() > allowed) {
            throw new IllegalArgumentException(
                    "%d bytes would be lost, %d are allowed".formatted(estimate.bytes(), allowed));
        }
    }

    @Override
    public NodeName standby() {
        return estimate.standby();
    }

    @Override
    public Lsn received() {
        return estimate.received();
    }
}
