package io.heliosctl.postgres;

import io.heliosctl.model.Node;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.remote.DiskSpace;
import io.heliosctl.remote.Privilege;
import io.heliosctl.remote.RemoteFiles;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is done around pg_basebackup on a node: the copy is made beside the data directory and takes its place
/// by two renames. Nothing is ever deleted: what was in that place is kept under another name, and so is what
/// an earlier copy that was cut off has left.
public final class Replacement {

    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final Duration FILES = Duration.ofMinutes(10);

    private final Node node;
    private final Host host;
    private final RemoteFiles files;
    private final ReturnPrograms returning;

    Replacement(Node node, Host host, RemoteFiles files) {
        this.node = node;
        this.host = host;
        this.files = files;
        this.returning = new ReturnPrograms(node);
    }

    /// The command that makes the copy.
    public Privilege command(Node upstream) {
        return returning.copy(upstream);
    }

    /// The word by which its process is told from all others.
    public String word() {
        return returning.copyWord();
    }

    /// Whether there is a copy that has not taken its place, whole or not.
    public boolean isThere() {
        return files.exists(returning.newDirectory(), owner());
    }

    /// The file system that the copy will be on.
    public DiskSpace space() {
        var command = returning.space();
        var exited = host.look(command, LOOK);
        if (!exited.ok()) {
            throw host.refused(command.words(), exited);
        }
        return DiskSpace.parse(exited.text()).getFirst();
    }

    /// That a copy can be made beside the data directory and be renamed to it.
    ///
    /// @throws ProblemException `clone-place` if not, with the reason
    public void requirePlace() {
        if (!host.look(returning.mayWriteBeside(), LOOK).ok()) {
            throw place("%s may not write in %s.".formatted(owner(), returning.parent()));
        }
        if (!hasDirectory()) {
            return;
        }
        var seen = host.look(returning.place(), LOOK);
        var lines = seen.text().lines().toList();
        if (!seen.ok() || lines.size() != 2 || !lines.get(1).startsWith("directory ")) {
            throw place("It is no directory of its own: %s."
                    .formatted(seen.text().strip().replace('\n', ',')));
        }
        if (!lines.get(0).equals(lines.get(1))) {
            throw place("It is the root of a file system, which cannot be renamed.");
        }
        if (files.exists(data() + "/pg_wal", owner())
                && !host.look(returning.walIsInside(), LOOK).ok()) {
            throw place("Its pg_wal is a link to another place.");
        }
        free();
    }

    private ProblemException place(String detail) {
        return new ProblemException(
                Problem.error("clone-place", "%s: a copy cannot take the place of %s".formatted(node.name(), data()))
                        .detail(detail)
                        .hint("Make the copy by hand, with pg_basebackup."));
    }

    /// Puts aside what an earlier copy has left that was cut off.
    ///
    /// @return where it is; empty if there was nothing
    public Optional<String> putAside() {
        return isThere() ? Optional.of(keep(returning.newDirectory())) : Optional.empty();
    }

    /// Gives the copy the configuration of the server that it replaces.
    public void configure(RecoverySettings settings) {
        if (hasDirectory() && files.exists(data() + "/PG_VERSION", owner())) {
            host.change(returning.keep(), FILES);
            host.change(returning.putBack(returning.newDirectory()), FILES);
        }
        var standby = new StandbyFiles(owner(), returning.newDirectory(), files);
        standby.change(settings);
        standby.signal();
        host.change(returning.sync(returning.newDirectory()), FILES);
    }

    /// Puts the copy in its place.
    ///
    /// @return where the old data directory is; empty if there was none
    public Optional<String> take() {
        var old = hasDirectory() ? Optional.of(keep(data())) : Optional.<String>empty();
        files.rename(returning.newDirectory(), data(), owner());
        return old;
    }

    private boolean hasDirectory() {
        return files.exists(data(), owner());
    }

    private String keep(String directory) {
        var free = free();
        files.rename(directory, free, owner());
        return free;
    }

    private String free() {
        return returning.keptDirectories().stream()
                .filter(kept -> !files.exists(kept, owner()))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        Problem.error("clone-kept", "%s: too many old data directories are kept".formatted(node.name()))
                                .detail(String.join("\n", returning.keptDirectories()))
                                .hint("Remove those of which nothing is missed.")));
    }

    /// What is told to the host, without the looks.
    public List<Privilege> shown(Node upstream) {
        return List.of(returning.copy(upstream), returning.keep(), returning.putBack(returning.newDirectory()));
    }

    private String data() {
        return node.postgres().dataDir();
    }

    private String owner() {
        return node.postgres().osUser();
    }

    /// Every command that sudo must allow for it, beside those of [ReturnPrograms].
    static List<Privilege> privileges(Node node) {
        var owner = node.postgres().osUser();
        var data = node.postgres().dataDir();
        var returning = new ReturnPrograms(node);
        var copy = returning.newDirectory();
        return Stream.of(
                        Stream.of(
                                RemoteFiles.toRead(copy, owner),
                                RemoteFiles.toRead(data + "/pg_wal", owner),
                                RemoteFiles.toRename(copy, data, owner),
                                StandbyFiles.toChange(owner, copy)),
                        returning.keptDirectories().stream()
                                .flatMap(kept -> Stream.of(
                                        RemoteFiles.toRead(kept, owner),
                                        RemoteFiles.toRename(data, kept, owner),
                                        RemoteFiles.toRename(copy, kept, owner))))
                .flatMap(each -> each)
                .flatMap(List::stream)
                .distinct()
                .toList();
    }
}
