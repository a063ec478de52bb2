package io.heliosctl.pgbouncer;

import io.heliosctl.model.Bytes;
import io.heliosctl.model.PgbouncerSettings;
import io.heliosctl.model.Pooler;
import io.heliosctl.remote.FileChange;
import io.heliosctl.remote.Remote;
import java.util.Optional;
import java.util.stream.Collectors;

/// What each deed of [PgbouncerServer] would send, taken from where the deed takes it. It reads on the host
/// what that depends on, and changes nothing.
public final class Intentions {

    private final Remote remote;
    private final Pooler pooler;
    private final ConfigFiles files;

    Intentions(Remote remote, Pooler pooler, ConfigFiles files) {
        this.remote = remote;
        this.pooler = pooler;
        this.files = files;
    }

    /// On the console of each process.
    public String pause() {
        return ConsoleCommand.pause(Optional.empty()).toString();
    }

    /// On the console of each process.
    public String resume() {
        return ConsoleCommand.RESUME.toString();
    }

    /// On the console of each process.
    public String kill() {
        return Drop.commands().stream().map(ConsoleCommand::toString).collect(Collectors.joining("; "));
    }

    /// Through each process, as a client.
    public String probe() {
        return Probe.WRITE.replaceAll("\\s+", " ");
    }

    /// What [PgbouncerServer#stage] would write beside the live file.
    public FileChange stage(PgbouncerSettings.Instance instance, Bytes content) {
        return files.toStage(instance, content);
    }

    /// What [PgbouncerServer#install] would do with the files.
    public FileChange install(PgbouncerSettings.Instance instance, Bytes content) {
        return files.toCommit(instance, content);
    }

    /// How each process is made to read its file again.
    public String reload(PgbouncerSettings.Instance instance) {
        return new Reload(remote, pooler.pgbouncer().osUser(), instance).shown();
    }
}
