package io.heliosctl.model;

/// What `pg_controldata` says of a data directory, running or not.
///
/// @param state such as `shut down`, `in production`, `in archive recovery`, `shut down in recovery`
/// @param checkpoint "Latest checkpoint location"
/// @param timeline "Latest checkpoint's TimeLineID"
/// @param checksums whether data checksums or `wal_log_hints` let pg_rewind work
public record ControlData(
        SystemId systemId, String state, Lsn checkpoint, Timeline timeline, boolean checksums, boolean walLogHints) {

    /// Shut down by a clean stop of a primary.
    public boolean isCleanlyShutDown() {
        return state.equals("shut down");
    }
}
