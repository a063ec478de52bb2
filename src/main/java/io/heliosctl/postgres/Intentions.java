package io.heliosctl.postgres;

import io.heliosctl.model.NodeState.Identity;
import io.heliosctl.model.StopMode;
import io.heliosctl.remote.FileChange;
import io.heliosctl.remote.Privilege;
import java.util.List;

/// What each deed of [PostgresServer] would send, taken from where the deed takes it. It reads on the host what
/// that depends on, and changes nothing.
public final class Intentions {

    private final Operation operation;
    private final StandbyFiles files;

    Intentions(Operation operation, StandbyFiles files) {
        this.operation = operation;
        this.files = files;
    }

    /// What [PostgresServer#checkpoint] would send.
    public String checkpoint() {
        return Checkpoint.MAKE;
    }

    /// What [PostgresServer#promote] would send, perhaps more than once.
    public String promote() {
        return Promotion.PROMOTE;
    }

    /// What [PostgresServer#createSlot] would send.
    public String createSlot(String name) {
        return Slots.shown(name);
    }

    /// What [PostgresServer#reload] would send.
    public String reload() {
        return Upstream.RELOAD;
    }

    /// Whether a standby that is to follow another server reads its configuration again, or is restarted.
    public boolean followsByReload(Identity standby) {
        return Dialect.of(standby.version()).followsByReload();
    }

    /// What [PostgresServer#endSession] would send.
    public String endSession() {
        return Sessions.shown();
    }

    public List<Privilege> stop(StopMode mode) {
        return operation.toStop(mode);
    }

    /// After its processes have ended: what lets the service manager know.
    public List<Privilege> settle() {
        return operation.toSettle();
    }

    public List<Privilege> start() {
        return List.of(operation.toStart());
    }

    public List<Privilege> restart() {
        return operation.toRestart();
    }

    /// What [PostgresServer#prepareTombstone] would write.
    public List<FileChange> prepareTombstone(RecoverySettings settings) {
        return files.toPrepare(settings);
    }

    /// What of [PostgresServer#tombstone] is left where it was prepared.
    public List<FileChange> tombstone() {
        return files.toSignal();
    }

    /// What [PostgresServer#follow] would write.
    public List<FileChange> follow(RecoverySettings settings) {
        return files.toChange(settings);
    }

    /// What [PostgresServer#forgetTombstone] would remove.
    public List<FileChange> forgetTombstone() {
        return files.toForget();
    }
}
