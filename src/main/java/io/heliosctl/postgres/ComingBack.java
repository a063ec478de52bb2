package io.heliosctl.postgres;

import io.heliosctl.model.Lsn;
import io.heliosctl.model.Node;
import io.heliosctl.model.Timeline;
import io.heliosctl.remote.Privilege;
import io.heliosctl.remote.RemoteFiles;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What is asked of a server, and done to it, when it has left its cluster and comes back, or when another one
/// comes back to it.
public final class ComingBack {

    private static final Duration ANSWER = Duration.ofSeconds(10);

    private static final Duration SIZE = Duration.ofMinutes(2);

    /// It recovers what it has, asks nobody for more, and stays read-only.
    private static final RecoverySettings ALONE = new RecoverySettings(
            Map.of("primary_conninfo", "", "restore_command", "", "recovery_target_timeline", "current"));

    private final Node node;
    private final Host host;
    private final Programs programs;
    private final RemoteFiles files;
    private final StopWatch stopWatch;
    private final Sql sql;

    ComingBack(Node node, Host host, Programs programs, RemoteFiles files, StopWatch stopWatch, Sql sql) {
        this.node = node;
        this.host = host;
        this.programs = programs;
        this.files = files;
        this.stopWatch = stopWatch;
        this.sql = sql;
    }

    /// Where the history of this server, which runs, has left another timeline; empty if it was never on it, or
    /// is still. The role needs EXECUTE on `pg_read_file(text)`.
    ///
    /// @param own the timeline that it is on
    public Optional<Lsn> leftTimeline(Timeline own, Timeline other) {
        return sql.read(ANSWER, connection -> TimelineHistory.ask(connection, own))
                .left(other);
    }

    /// False only if it is proved that there is no data directory, or none with a database in it.
    public boolean hasData() {
        var owner = node.postgres().osUser();
        return files.exists(node.postgres().dataDir(), owner) && files.exists(version(node), owner);
    }

    /// True if it was copied from another server to be a standby, and has not been started since: it has both
    /// `backup_label`, which the first start takes away, and `standby.signal`.
    public boolean isFresh() {
        return files.exists(label(node), node.postgres().osUser()) && new StandbyFiles(node, files).isSignalled();
    }

    private static String label(Node node) {
        return node.postgres().dataDir() + "/backup_label";
    }

    private static String version(Node node) {
        return node.postgres().dataDir() + "/PG_VERSION";
    }

    /// How far the WAL goes at least that this server, which is stopped, needs to be consistent.
    public Lsn endOfWal() {
        return stopWatch.endOfWal();
    }

    /// Makes it a standby for good: nothing is kept to take it back.
    public void becomeStandby(RecoverySettings settings) {
        var standby = new StandbyFiles(node, files);
        standby.change(settings);
        standby.signal();
    }

    /// Lets it come up read-only and alone: it only recovers what it has.
    public void becomeLonely() {
        becomeStandby(ALONE);
    }

    /// How it is brought back by pg_rewind.
    public Rewind rewind() {
        return new Rewind(node, host, files, programs);
    }

    /// How it is replaced by a copy made by pg_basebackup.
    public Replacement replacement() {
        return new Replacement(node, host, files);
    }

    /// How much a copy of this server takes on disk.
    ///
    /// @throws io.heliosctl.model.ProblemException `clone-tablespaces` if it is not all in one directory
    public long size() {
        return sql.read(SIZE, connection -> CopySize.of(node, connection));
    }

    /// What sudo must allow for it, beside what a node needs anyway.
    ///
    /// @param others the nodes that it may have to follow
    public static List<Privilege> privileges(Node node, List<Node> others) {
        var owner = node.postgres().osUser();
        return Stream.of(
                        RemoteFiles.toRead(node.postgres().dataDir(), owner),
                        RemoteFiles.toRead(version(node), owner),
                        RemoteFiles.toRead(label(node), owner),
                        Rewind.privileges(node, others),
                        Replacement.privileges(node))
                .flatMap(List::stream)
                .distinct()
                .toList();
    }
}
