package io.heliosctl.model;

/// What a standby that is to be promoted has of the lost primary's WAL: all of it, or enough of it to somebody who was
/// told what would be lost.
public sealed interface Coverage permits LsnProof, LossAcceptance {

    /// The standby that is to be promoted.
    NodeName standby();

    /// The position it had received.
    Lsn received();

    /// Whose WAL it is.
    NodeName lost();

    SystemId systemId();

    /// The timeline the lost server wrote.
    Timeline timeline();
}
