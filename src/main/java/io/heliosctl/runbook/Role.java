package io.heliosctl.runbook;

/// What a name in a runbook's `cast` is bound to.
public sealed interface Role {

    /// The one node that accepts writes.
    record Primary() implements Role {}

    /// The node that was the primary until it was lost.
    record LostPrimary() implements Role {}

    /// The node that is to become primary.
    record Candidate() implements Role {}

    /// Every standby except the candidate.
    record OtherStandbys() implements Role {}

    /// Every node except the primary.
    record Standbys() implements Role {}

    /// Every node.
    record Nodes() implements Role {}

    /// The node given as a parameter, written `params.NAME`.
    record Parameter(String name) implements Role {}

    /// Every pooler.
    record Poolers() implements Role {}

    /// Every pooler that could be asked.
    record AnsweringPoolers() implements Role {}

    /// Every pooler that could not be asked.
    record SilentPoolers() implements Role {}

    /// True if it is always exactly one node.
    default boolean isOne() {
        return this instanceof Primary
                || this instanceof LostPrimary
                || this instanceof Candidate
                || this instanceof Parameter;
    }

    /// True if it is played by poolers, not by nodes.
    default boolean isPooler() {
        return this instanceof Poolers || this instanceof AnsweringPoolers || this instanceof SilentPoolers;
    }
}
