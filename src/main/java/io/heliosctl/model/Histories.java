package io.heliosctl.model;

import java.util.List;
import java.util.Optional;

/// What the timelines tell of a cluster: which primary the others' history leads to, and who has WAL that it
/// does not have.
///
/// @param right the primary whose timeline forked off every other primary's; absent if that cannot be told
/// @param undecided why not, as a sentence without a full stop; empty if there is one
/// @param divergences who has left its history
/// @param direct clients connected past the poolers to a primary other than that
public record Histories(
        Optional<NodeName> right, String undecided, List<Divergence> divergences, List<DirectClient> direct) {

    public Histories {
        divergences = List.copyOf(divergences);
        direct = List.copyOf(direct);
    }

    /// Nothing was asked.
    public static Histories unknown() {
        return new Histories(Optional.empty(), "", List.of(), List.of());
    }

    /// How a node has left the history of the right one; empty if it has not, or that could not be told.
    public Optional<Divergence> of(NodeName node) {
        return divergences.stream().filter(each -> each.node().equals(node)).findFirst();
    }
}
