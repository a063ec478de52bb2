package io.heliosctl.hosts;

import io.heliosctl.bed.Await;
import io.heliosctl.bed.BedNode;
import io.heliosctl.bed.BedPooler;
import io.heliosctl.bed.Fault;
import io.heliosctl.bed.Faults;
import io.heliosctl.bed.Host;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// What an operator or a colleague may have done to a cluster, done and mended again.
final class Breaks {

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final String AUTO_CONF = BedNode.DATA + "/postgresql.auto.conf";

    private Breaks() {}

    static Fault nothing() {
        return () -> {};
    }

    /// Both, mended in reverse.
    static Fault both(Fault first, Fault second) {
        return () -> {
            second.close();
            first.close();
        };
    }

    /// A setting that a reload puts in force is another.
    static Fault setting(BedNode node, String name, String value) {
        var line = "%s = '%s'\n".formatted(name, value);
        var before = node.ask("SELECT pg_read_file('%s')".formatted(AUTO_CONF));
        return reloaded(node, Faults.text(node.host(), AUTO_CONF, before + "\n" + line));
    }

    /// pg_hba.conf has another line before all others.
    static Fault hba(BedNode node, String line) {
        var file = BedNode.CONFIG + "/pg_hba.conf";
        return reloaded(
                node, Faults.text(node.host(), file, line + "\n" + node.host().read(file)));
    }

    private static Fault reloaded(BedNode node, Fault text) {
        reload(node);
        return () -> {
            text.close();
            reload(node);
        };
    }

    private static void reload(BedNode node) {
        var loaded = node.ask("SELECT pg_conf_load_time()");
        node.ask("SELECT pg_reload_conf()");
        Await.until(
                "the configuration is read again",
                LIMIT,
                () -> !node.ask("SELECT pg_conf_load_time()").equals(loaded),
                () -> loaded);
    }

    /// A query has that answer within a while.
    static void await(BedNode node, String query, String answer) {
        Await.until(query + " is " + answer, LIMIT, () -> node.ask(query).equals(answer), () -> node.ask(query));
    }

    static Fault replayPaused(BedNode node) {
        node.ask("SELECT pg_wal_replay_pause()::text");
        return () -> node.ask("SELECT pg_wal_replay_resume()::text");
    }

    /// A standby has no walreceiver.
    static Fault notStreaming(BedNode node) {
        var fault = setting(node, "primary_conninfo", "");
        var receivers = "SELECT count(*) FROM pg_stat_wal_receiver";
        await(node, receivers, "0");
        return () -> {
            fault.close();
            await(node, "SELECT status FROM pg_stat_wal_receiver UNION ALL SELECT 'none' LIMIT 1", "streaming");
        };
    }

    /// What is written now does not arrive there.
    static Fault behind(BedNode standby, BedNode primary, int bytes) {
        var frozen = Faults.frozen(standby.host(), "postgres", "walreceiver");
        primary.ask("SELECT pg_logical_emit_message(false, 'bed', repeat('x', %d))::text".formatted(bytes));
        return () -> {
            frozen.close();
            await(
                    standby,
                    "SELECT pg_last_wal_receive_lsn() >= '%s'"
                            .formatted(primary.ask("SELECT pg_current_wal_flush_lsn()")),
                    "t");
        };
    }

    /// A client of the pooler has a transaction open.
    static Fault openTransaction(BedPooler pooler) {
        return client(pooler, false);
    }

    private static Fault client(BedPooler pooler, boolean autoCommit) {
        try {
            Connection connection = pooler.connect();
            connection.setAutoCommit(autoCommit);
            try (var statement = connection.createStatement()) {
                statement.execute("SELECT 1");
            }
            return () -> closeQuietly(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// pgbouncer.ini has a further line, and PgBouncer has read it.
    static Fault ini(BedPooler pooler, String line) {
        var text = Faults.text(pooler.host(), BedPooler.INI, pooler.host().read(BedPooler.INI) + line + "\n");
        reload(pooler);
        return () -> {
            text.close();
            reload(pooler);
        };
    }

    private static void reload(BedPooler pooler) {
        pooler.host().succeed("systemctl kill --signal=HUP --kill-who=main pgbouncer; sleep 0.2");
    }

    /// A client that holds its server connection for as long as it stays.
    static Fault sessionClient(BedPooler pooler) {
        return both(ini(pooler, "pool_mode = session"), client(pooler, true));
    }

    static Fault paused(BedPooler pooler) {
        pooler.console("PAUSE");
        return () -> pooler.console("RESUME");
    }

    /// A slot that nobody uses, several times.
    static Fault slots(BedNode node, int count) {
        node.ask("SELECT count(pg_create_physical_replication_slot('unused' || n)) FROM generate_series(1, %d) n"
                .formatted(count));
        return () -> node.ask("SELECT count(pg_drop_replication_slot(slot_name)) FROM pg_replication_slots"
                + " WHERE slot_name LIKE 'unused%'");
    }

    /// A standby streams by a slot of that name.
    static Fault slotted(BedNode standby, BedNode primary, String slot) {
        primary.ask("SELECT pg_create_physical_replication_slot('%s')::text".formatted(slot));
        var setting = setting(standby, "primary_slot_name", slot);
        return () -> {
            setting.close();
            await(
                    primary,
                    "SELECT bool_or(active) FROM pg_replication_slots WHERE slot_name = '%s'".formatted(slot),
                    "f");
            primary.ask("SELECT pg_drop_replication_slot('%s')::text".formatted(slot));
        };
    }

    /// Others stream from a node, too.
    static Fault receivers(BedNode from, Host at, int count) {
        at.succeed(
                "for n in $(seq \"$2\"); do mkdir -m 0777 /tmp/wal$n; setsid runuser -u postgres --"
                        + " pg_receivewal -n -D /tmp/wal$n -h \"$1\" -U replicator >/dev/null 2>&1 & done",
                from.host().address(),
                Integer.toString(count));
        var senders = "SELECT count(*) FROM pg_stat_replication";
        await(from, senders, Integer.toString(count));
        return () -> {
            at.run("pkill pg_receivewal; rm -rf /tmp/wal*");
            await(from, senders, "0");
        };
    }
}
