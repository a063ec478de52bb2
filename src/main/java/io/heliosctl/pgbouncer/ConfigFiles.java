package io.heliosctl.pgbouncer;

import io.heliosctl.model.Bytes;
import io.heliosctl.model.PgbouncerSettings;
import io.heliosctl.remote.Command;
import io.heliosctl.remote.FileChange;
import io.heliosctl.remote.Privilege;
import io.heliosctl.remote.Ran;
import io.heliosctl.remote.Remote;
import io.heliosctl.remote.RemoteFiles;
import io.heliosctl.remote.Staged;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The configuration files of one PgBouncer. They are handled by the login user where the directory and the
/// file are its own, else as root: a file renamed into place must keep its owner, which is what PgBouncer reads
/// it as.
final class ConfigFiles {

    private static final String OWN = """
            file=$(readlink -f -- "$1") && [ -w "${file%/*}" ] && { [ ! -e "$file" ] || [ -O "$file" ]; }
            """;

    private final Remote remote;
    private final RemoteFiles files;
    private final Map<String, String> users = new ConcurrentHashMap<>();

    ConfigFiles(Remote remote) {
        this.remote = remote;
        this.files = new RemoteFiles(remote);
    }

    Optional<Bytes> read(PgbouncerSettings.Instance instance) {
        return files.read(instance.config(), user(instance.config()));
    }

    /// Writes content beside the live file.
    ///
    /// @param before what the live file is now
    StagedConfig stage(PgbouncerSettings.Instance instance, Bytes content, Optional<Bytes> before) {
        return new StagedConfig(
                instance, files.stage(instance.config(), content, user(instance.config())), content, before);
    }

    /// What [#stage] would write beside the live file.
    FileChange toStage(PgbouncerSettings.Instance instance, Bytes content) {
        var path = instance.config();
        return new FileChange(path, read(instance), Optional.of(content), RemoteFiles.staging(path, user(path)));
    }

    /// What [#commit] would put in the place of the live file.
    FileChange toCommit(PgbouncerSettings.Instance instance, Bytes content) {
        var path = instance.config();
        return new FileChange(path, read(instance), Optional.of(content), RemoteFiles.committing(path, user(path)));
    }

    /// Writes content beside the live file as [#stage] does, under another name, and takes it away again.
    void tryOut(PgbouncerSettings.Instance instance, Bytes content) {
        files.tryOut(instance.config(), content, user(instance.config()));
    }

    void commit(Staged staged) {
        files.commit(staged);
    }

    void discard(Staged staged) {
        files.discard(staged);
    }

    /// Puts back what was there before; does nothing where it is there.
    void restore(StagedConfig config) {
        var path = config.instance().config();
        if (config.before().equals(read(config.instance()))) {
            return;
        }
        config.before()
                .ifPresentOrElse(bytes -> files.write(path, bytes, user(path)), () -> files.remove(path, user(path)));
    }

    /// The words that make a command run as the OS user that handles the file; none for the login user.
    List<String> become(PgbouncerSettings.Instance instance) {
        return remote.become(user(instance.config()));
    }

    /// What sudo must allow on this host; nothing where the login user handles the file itself.
    List<Privilege> privileges(PgbouncerSettings.Instance instance) {
        var user = user(instance.config());
        return user.equals(remote.user()) ? List.of() : privileges(instance.config(), user);
    }

    static List<Privilege> privileges(String path, String user) {
        return Stream.of(
                        RemoteFiles.toRead(path, user),
                        RemoteFiles.toReplace(path, user),
                        RemoteFiles.toTryOut(path, user))
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    /// The OS user that handles the file, found out once.
    private String user(String path) {
        return users.computeIfAbsent(path, this::find);
    }

    private String find(String path) {
        return remote.run(Command.script(OWN, path)) instanceof Ran.Exited exited && exited.ok()
                ? remote.user()
                : "root";
    }
}
