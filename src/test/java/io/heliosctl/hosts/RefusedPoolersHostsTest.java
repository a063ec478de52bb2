package io.heliosctl.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.bed.BedPooler;
import io.heliosctl.bed.Faults;
import io.heliosctl.bed.HostsBed;
import io.heliosctl.bed.OnHosts;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients that cannot be held or led elsewhere are a reason not to begin.
@OnHosts
class RefusedPoolersHostsTest {

    private static Scene scene;

    private final BedPooler pgb1;
    private final BedPooler pgb2;

    RefusedPoolersHostsTest(HostsBed bed) {
        pgb1 = bed.pooler("pgb1");
        pgb2 = bed.pooler("pgb2");
    }

    @BeforeAll
    static void fresh(HostsBed bed, @TempDir Path state) {
        scene = Scene.healthy(bed, state);
    }

    @Test
    void aPoolerThatDoesNotAnswer() {
        scene.refusesBlindly(() -> Faults.stopped(pgb1.host(), BedPooler.UNIT), """
                error[pooler-unreachable]: pooler pgb1 could not be asked
                  detail: cannot reach the console of PgBouncer pgb1 as user heliosctl. psql: error: connection to server on socket "/var/run/postgresql/.s.PGSQL.6432" failed: No such file or directory Is the server running locally and accepting connections on that socket?
                  hint: Its clients would go on to the old primary. Bring it back, or take it out of the inventory.
                """);
    }

    @Test
    void aHostOfAPoolerThatDoesNotAnswer() {
        scene.refusesBlindly(() -> Faults.deafPort(pgb1.host(), 22), """
                error[pooler-unreachable]: pooler pgb1 could not be asked
                  detail: cannot reach pgb1.address: No answer on port 22 within 5 s.
                  hint: Its clients would go on to the old primary. Bring it back, or take it out of the inventory.
                """);
    }

    @Test
    void aPoolerThatIsPausedAlready() {
        scene.refuses(() -> Breaks.paused(pgb1), """
                error[pooler-paused]: pooler pgb1 is paused already
                  detail: Somebody else has paused it, or a run was cut off; 1 client waits now.
                  hint: Find out who. If nobody is at work there, let the clients in, on pgb1.address: psql -h /var/run/postgresql -p 6432 -U heliosctl pgbouncer -c RESUME
                """);
    }

    @Test
    void clientsInSessionMode() {
        scene.refuses(() -> Breaks.sessionClient(pgb1), """
                error[session-pooling]: pooler pgb1 has clients in session mode
                  detail: 1 client keeps a server connection until it disconnects; PAUSE would wait for that.
                  hint: Use pool_mode = transaction, or let these clients disconnect first; SHOW CLIENTS on the console names them.
                warning[config-drift]: the live configuration of pooler pgb1 is not what its template makes
                  detail: It would change by more than the primary:
                    --- pgb1:/etc/pgbouncer/pgbouncer.ini
                    +++ rendered for pgdb1
                    @@ -23,4 +23,3 @@
                     tcp_user_timeout = 5000
                     auth_hba_file = /etc/pgbouncer/pg_hba.conf
                     logfile = /var/log/postgresql/pgbouncer.log
                    -pool_mode = session
                  hint: What the template makes will replace it; lines marked - will be gone.
                """, "--accept-drift");
    }

    @Test
    void transactionsOlderThanPauseMayTake() {
        scene.refuses(
                () -> {
                    var open = Breaks.openTransaction(pgb2);
                    Breaks.await(
                            scene.bed().node("pgdb1"),
                            "SELECT count(*) FROM pg_stat_activity WHERE datname = 'app'"
                                    + " AND xact_start < now() - interval '1.1 s'",
                            "1");
                    return open;
                },
                """
                error[old-transactions]: pgdb1 has transactions older than 1 s
                  detail: PAUSE would wait for them: pid #, app on app, for # s.
                  hint: End them, for example with "SELECT pg_terminate_backend(#)", or allow more with --drain; \
                --terminate-blockers ends those that PAUSE waits for.
                """,
                "--drain",
                "1s");
    }

    @Test
    void aConfigurationThatIsNotWhatTheTemplateMakes() {
        scene.refuses(() -> Breaks.ini(pgb1, "max_client_conn = 150"), """
                error[config-drift]: the live configuration of pooler pgb1 is not what its template makes
                  detail: It would change by more than the primary:
                    --- pgb1:/etc/pgbouncer/pgbouncer.ini
                    +++ rendered for pgdb1
                    @@ -23,4 +23,3 @@
                     tcp_user_timeout = 5000
                     auth_hba_file = /etc/pgbouncer/pg_hba.conf
                     logfile = /var/log/postgresql/pgbouncer.log
                    -max_client_conn = 150
                  hint: Bring the template and the file together, or go on with --accept-drift, which replaces the file.
                """);
    }

    @Test
    void aConfigurationThatLeadsElsewhere() {
        scene.refuses(() -> Breaks.ini(pgb1, "[databases]\nother = host=10.1.2.3"), """
                error[pooler-elsewhere]: pooler pgb1 does not lead to the primary pgdb1
                  detail: Database other leads to 10.1.2.3:5432.
                  hint: Look at it with "heliosctl render".
                error[config-drift]: the live configuration of pooler pgb1 is not what its template makes
                  detail: It would change by more than the primary:
                    --- pgb1:/etc/pgbouncer/pgbouncer.ini
                    +++ rendered for pgdb1
                    @@ -23,5 +23,3 @@
                     tcp_user_timeout = 5000
                     auth_hba_file = /etc/pgbouncer/pg_hba.conf
                     logfile = /var/log/postgresql/pgbouncer.log
                    -[databases]
                    -other = host=10.1.2.3
                  hint: Bring the template and the file together, or go on with --accept-drift, which replaces the file.
                """);
    }

    @Test
    void noneWhereDriftIsAccepted() {
        try (var _ = Breaks.ini(pgb1, "max_client_conn = 150")) {
            var ran = scene.switchover("--accept-drift", "--dry-run");
            scene.assertTold("""
                warning[config-drift]: the live configuration of pooler pgb1 is not what its template makes
                  detail: It would change by more than the primary:
                    --- pgb1:/etc/pgbouncer/pgbouncer.ini
                    +++ rendered for pgdb1
                    @@ -23,4 +23,3 @@
                     tcp_user_timeout = 5000
                     auth_hba_file = /etc/pgbouncer/pg_hba.conf
                     logfile = /var/log/postgresql/pgbouncer.log
                    -max_client_conn = 150
                  hint: What the template makes will replace it; lines marked - will be gone.
                """, 0, ran);
        }
        scene.assertHealthy();
    }

    @Test
    void nobodyToAsk() {
        var ran = scene.run("switchover");
        assertEquals(8, ran.exit(), ran::err);
        scene.assertHealthy();
    }
}
