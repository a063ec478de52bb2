package io.heliosctl.model;

/// Proof that a standby has every byte of a stopped primary: it received WAL past the shutdown checkpoint's begin.
public record LsnProof(NodeName standby, Lsn received, StopProof of) implements Coverage {

    public LsnProof {
        if (!received.isPast(of.checkpoint())) {
            throw new IllegalArgumentException(
                    "%s received %s, not past %s".formatted(standby, received, of.checkpoint()));
        }
    }

    @Override
    public NodeName lost() {
        return of.node();
    }

    @Override
    public SystemId systemId() {
        return of.systemId();
    }

    @Override
    public Timeline timeline() {
        return of.timeline();
    }
}
