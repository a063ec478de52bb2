package io.heliosctl.postgres;

import io.heliosctl.model.Bytes;
import io.heliosctl.model.Node;
import io.heliosctl.remote.FileChange;
import io.heliosctl.remote.Privilege;
import io.heliosctl.remote.RemoteFiles;
import io.heliosctl.remote.Staged;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The files that make a server a standby, from PostgreSQL 12 on: settings in `postgresql.auto.conf` and the
/// empty file `standby.signal`. The settings mean nothing to a primary, so they may be written while it runs;
/// the signal file alone decides how it comes up (PostgreSQL manual, "Standby Server Operation").
final class StandbyFiles {

    private static final String SUFFIX = ".heliosctl";
    private static final String CONFIGURATION = "/postgresql.auto.conf";
    private static final String SIGNAL = "/standby.signal";

    private final RemoteFiles files;
    private final String owner;
    private final String configuration;
    private final String kept;
    private final String signal;
    private Optional<Ahead> ahead = Optional.empty();

    /// A change that is written beside the file already.
    private record Ahead(Bytes before, Bytes after, Staged staged) {}

    StandbyFiles(Node node, RemoteFiles files) {
        this(node.postgres().osUser(), node.postgres().dataDir(), files);
    }

    /// Those of another data directory.
    StandbyFiles(String owner, String directory, RemoteFiles files) {
        this.files = files;
        this.owner = owner;
        this.configuration = directory + CONFIGURATION;
        this.kept = configuration + SUFFIX;
        this.signal = directory + SIGNAL;
    }

    /// Writes the settings, and before that keeps a copy of what was there. Doing it twice keeps the first
    /// copy; a copy that an earlier run left behind is told by not leading to today's content, and replaced.
    void prepare(RecoverySettings settings) {
        var current = files.read(configuration, owner).orElse(Bytes.EMPTY);
        if (!isKept(current, settings)) {
            files.copy(configuration, kept, owner);
        }
        write(current, settings);
    }

    private boolean isKept(Bytes current, RecoverySettings settings) {
        var before = files.read(kept, owner);
        return before.map(bytes -> merge(bytes, settings)).equals(Optional.of(current));
    }

    /// What [#prepare] would do.
    List<FileChange> toPrepare(RecoverySettings settings) {
        var current = files.read(configuration, owner).orElse(Bytes.EMPTY);
        var copy = isKept(current, settings)
                ? Stream.<FileChange>empty()
                : Stream.of(new FileChange(
                        kept,
                        Optional.of(current),
                        Optional.of(current),
                        RemoteFiles.copying(configuration, kept, owner)));
        return Stream.concat(copy, toChange(settings).stream()).toList();
    }

    /// What [#change] would do; nothing if the settings are there already.
    List<FileChange> toChange(RecoverySettings settings) {
        var current = files.read(configuration, owner).orElse(Bytes.EMPTY);
        var merged = merge(current, settings);
        return merged.equals(current)
                ? List.of()
                : List.of(new FileChange(
                        configuration,
                        Optional.of(current),
                        Optional.of(merged),
                        RemoteFiles.replacing(configuration, owner)));
    }

    /// What [#signal] would do.
    List<FileChange> toSignal() {
        return List.of(
                new FileChange(signal, Optional.empty(), Optional.of(Bytes.EMPTY), RemoteFiles.marking(signal, owner)));
    }

    /// What [#forget] would do.
    List<FileChange> toForget() {
        return List.of(new FileChange(kept, Optional.empty(), Optional.empty(), RemoteFiles.removing(kept, owner)));
    }

    /// Writes beside the file what [#change] to the same settings then puts in its place. It has no effect yet.
    synchronized void stage(RecoverySettings settings) {
        discard();
        var current = files.read(configuration, owner).orElse(Bytes.EMPTY);
        var merged = merge(current, settings);
        if (!merged.equals(current)) {
            ahead = Optional.of(new Ahead(current, merged, files.stage(configuration, merged, owner)));
        }
    }

    /// Takes away what was written ahead and is not wanted any more.
    synchronized void discard() {
        ahead.ifPresent(change -> files.discard(change.staged()));
        ahead = Optional.empty();
    }

    /// Writes the settings and keeps no copy: for a server that stays a standby.
    void change(RecoverySettings settings) {
        write(files.read(configuration, owner).orElse(Bytes.EMPTY), settings);
    }

    /// From here on any start comes up read-only.
    void signal() {
        files.mark(signal, owner);
    }

    /// Puts everything back: first the signal, so that an interruption leaves a primary with odd settings
    /// rather than a standby without an upstream; then the kept copy, byte for byte. A copy that differs from
    /// today's file in other settings too would take back what somebody else has changed since: the file is
    /// then left as it is, its standby settings meaning nothing to a primary.
    void putBack() {
        files.remove(signal, owner);
        var before = files.read(kept, owner);
        if (before.isPresent()) {
            var current = files.read(configuration, owner).orElse(Bytes.EMPTY);
            if (AutoConf.differOnlyInRecovery(latin(before.get()), latin(current))) {
                putBackKept();
            }
            files.remove(kept, owner);
        }
    }

    /// Puts the settings of a running standby back as they were before [#prepare], if the copy is that of one
    /// of these changes: an older one says nothing about what was there.
    ///
    /// @return whether there was anything to put back
    boolean restore(List<RecoverySettings> changes) {
        var before = files.read(kept, owner);
        if (before.isEmpty()) {
            return false;
        }
        if (before.equals(files.read(configuration, owner))) {
            files.remove(kept, owner);
            return false;
        }
        var ours = isKept(changes);
        if (ours) {
            putBackKept();
            files.remove(kept, owner);
        }
        return ours;
    }

    /// It passes through the place where a change is written ahead.
    private synchronized void putBackKept() {
        ahead = Optional.empty();
        files.copy(kept, configuration, owner);
    }

    /// Whether the copy is that of one of these changes.
    boolean isKept(List<RecoverySettings> changes) {
        var current = files.read(configuration, owner).orElse(Bytes.EMPTY);
        return changes.stream().anyMatch(settings -> isKept(current, settings));
    }

    void forget() {
        files.remove(kept, owner);
    }

    boolean isSignalled() {
        return files.exists(signal, owner);
    }

    static List<Privilege> privileges(Node node) {
        var owner = node.postgres().osUser();
        var configuration = configuration(node);
        var kept = kept(node);
        var signal = signal(node);
        return Stream.of(
                        RemoteFiles.toRead(configuration, owner),
                        RemoteFiles.toReplace(configuration, owner),
                        RemoteFiles.toRead(kept, owner),
                        RemoteFiles.toRemove(kept, owner),
                        RemoteFiles.toCopy(configuration, kept, owner),
                        RemoteFiles.toCopy(kept, configuration, owner),
                        RemoteFiles.toRead(signal, owner),
                        RemoteFiles.toMark(signal, owner))
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    /// What sudo must allow for [#change] and [#signal] in another data directory.
    static List<Privilege> toChange(String owner, String directory) {
        return Stream.of(
                        RemoteFiles.toRead(directory + CONFIGURATION, owner),
                        RemoteFiles.toReplace(directory + CONFIGURATION, owner),
                        RemoteFiles.toMark(directory + SIGNAL, owner))
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    static String configuration(Node node) {
        return node.postgres().dataDir() + CONFIGURATION;
    }

    /// The copy of the settings as they were before.
    static String kept(Node node) {
        return configuration(node) + SUFFIX;
    }

    static String signal(Node node) {
        return node.postgres().dataDir() + SIGNAL;
    }

    /// What was written ahead counts only as long as nobody else has changed the file since.
    private synchronized void write(Bytes current, RecoverySettings settings) {
        var merged = merge(current, settings);
        if (!merged.equals(current)) {
            var staged = ahead.filter(change ->
                            change.before().equals(current) && change.after().equals(merged))
                    .map(Ahead::staged);
            ahead = Optional.empty();
            files.commit(staged.orElseGet(() -> files.stage(configuration, merged, owner)));
        }
    }

    /// The file's bytes need not be UTF-8; read as ISO 8859-1 each of them stays what it is.
    private static Bytes merge(Bytes current, RecoverySettings settings) {
        var values = new LinkedHashMap<String, String>();
        settings.asServerSettings()
                .forEach((name, value) -> values.put(
                        name, new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)));
        return Bytes.of(AutoConf.merge(latin(current), values).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String latin(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.ISO_8859_1);
    }
}
