package io.heliosctl.model;

/// Why a server that was primary is believed not to accept writes any more. Nothing is promoted without one of
/// these.
public sealed interface Fenced permits StopProof, FenceProof, Attestation {

    /// The server it is about.
    NodeName node();

    /// True if a machine has seen it; false if a person has said it.
    default boolean isProved() {
        return !(this instanceof Attestation);
    }

    /// How it is known, in a few words, for the report and the journal.
    default String words() {
        return switch (this) {
            case StopProof stop -> "shut down at " + stop.checkpoint();
            case FenceProof fence -> fence.evidence();
            case Attestation attestation ->
                "attested: \"%s\", says %s".formatted(attestation.sentence(), attestation.by());
        };
    }
}
