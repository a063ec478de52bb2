package io.heliosctl.model;

/// Proof that a standby has every byte of a stopped primary: it received WAL past the shutdown checkpoint's
/// begin.
public record LsnProof(NodeName standby, Lsn received, StopProof of) {

    public LsnProof {
        if (!received.isPast(of.checkpoint())) {
            throw new IllegalArgumentException(
                    "%s received %s, not past %s".formatted(standby, received, of.checkpoint()));
        }
    }
}
