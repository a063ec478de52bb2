package io.heliosctl.postgres;

import io.heliosctl.model.Lsn;
import io.heliosctl.model.Node;
import io.heliosctl.remote.Remote;
import java.time.Duration;

/// How one server gets WAL: from whom, what lies on its host already, and how far it has replayed that.
public final class WalSupply {

    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Node node;
    private final Sql sql;
    private final WalFiles files;
    private final Upstream upstream;

    WalSupply(Node node, Remote remote, StandbyFiles settings, Sql sql, Operation operation) {
        this.node = node;
        this.sql = sql;
        this.files = new WalFiles(node, remote);
        this.upstream = new Upstream(settings, sql, operation);
    }

    /// The WAL on its host, whether it runs or not.
    public WalFiles files() {
        return files;
    }

    /// Whom it follows, changed for a while.
    public Upstream upstream() {
        return upstream;
    }

    /// How it gets WAL at this moment.
    public WalIntake intake() {
        return sql.read(ANSWER, WalIntake::ask);
    }

    /// Waits until a standby has replayed all WAL up to a position that its pg_wal holds.
    ///
    /// @throws io.heliosctl.model.ProblemException `not-replayed` with how far it has got
    public void awaitReplayed(Lsn position, Duration limit) {
        new Replay(node, sql, upstream::reload).await(position, limit);
    }
}
