package io.heliosctl.model;

/// The gentlest way back for a server, and why no gentler one works.
///
/// @param recoversFirst whether it has to be started alone and read-only before that: it was not shut down, and only
/// then it is known how far its WAL goes
/// @param reason in a few words, without a full stop
public record WayBack(Way way, boolean recoversFirst, String reason) {

    /// What it is that will be done, in a few words.
    public String words() {
        return switch (way) {
            case FOLLOW -> recoversFirst ? "recovers alone; then it follows, or is rewound" : "follows as it is";
            case REWIND -> (recoversFirst ? "recovers alone; then it " : "") + "is rewound by pg_rewind";
            case CLONE -> "is cloned by pg_basebackup";
        };
    }
}
