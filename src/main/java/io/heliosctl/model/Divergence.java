package io.heliosctl.model;

import java.util.Optional;

/// Two servers that have a history in common and then each wrote its own, or one did.
///
/// @param node the one that stayed on the older timeline
/// @param other the one whose timeline forked off it
/// @param fork the first position that they do not share
/// @param end where the WAL of `node` ends
/// @param exact false if it may end later
/// @param otherEnd where the WAL of `other` ends
/// @param transactions how many were committed on `node` since the fork; absent if they could not be counted
/// @param uncounted why not; empty if they were counted
public record Divergence(
        NodeName node,
        Timeline timeline,
        NodeName other,
        Timeline otherTimeline,
        Lsn fork,
        Lsn end,
        boolean exact,
        Lsn otherEnd,
        Optional<Long> transactions,
        String uncounted) {

    /// The bytes of WAL that only `node` has.
    public long bytes() {
        return fork.bytesBehind(end);
    }

    /// The bytes of WAL that only `other` has.
    public long otherBytes() {
        return fork.bytesBehind(otherEnd);
    }

    /// `pgdb1 has 12 transactions (3.4 kB of WAL) that pgdb2 does not have`.
    public String sentence() {
        var amount = Amounts.bytes(bytes()) + " of WAL";
        if (bytes() == 0 && exact) {
            return "%s has nothing that %s does not have".formatted(node, other);
        }
        var size = exact ? amount : "at least " + amount;
        return transactions
                .map(count -> "%s has %s (%s) that %s does not have"
                        .formatted(node, count == 1 ? "1 transaction" : count + " transactions", size, other))
                .orElseGet(() -> "%s has %s that %s does not have".formatted(node, size, other));
    }

    /// `timeline 2 of pgdb2 forked off timeline 1 at 0/3000148`.
    public String place() {
        return "timeline %s of %s forked off timeline %s at %s".formatted(otherTimeline, other, timeline, fork);
    }
}
