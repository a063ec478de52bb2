package io.heliosctl.model;

import java.util.Locale;

/// How a server that has left its cluster comes back to it, the gentlest first.
public enum Way {
    /// As it is: its WAL is a part of what the primary has.
    FOLLOW,
    /// By pg_rewind: what it has and the primary lacks is taken back, and the blocks that this touches are
    /// copied.
    REWIND,
    /// As a new copy of the primary, beside the old data directory, which is kept.
    CLONE;

    /// The word that runbooks use.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// True if it goes further than another one.
    public boolean isHarderThan(Way other) {
        return compareTo(other) > 0;
    }
}
