package io.heliosctl.model;

import java.util.Locale;

/// How a server is asked to stop (PostgreSQL manual, "Shutting Down the Server"). "Smart" is left out: sessions
/// go on committing for as long as they like.
public enum StopMode {
    /// Sessions are ended, a shutdown checkpoint is written.
    FAST,
    /// Everything is dropped; the next start recovers from the WAL. There is no shutdown checkpoint, hence no
    /// proof.
    IMMEDIATE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
