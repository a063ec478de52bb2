package io.heliosctl.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.bed.BedNode;
import io.heliosctl.bed.HostsBed;
import io.heliosctl.bed.OnHosts;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A standby that is not fit to be the primary is refused, with the reason.
@OnHosts
class RefusedCandidatesHostsTest {

    private static Scene scene;

    private final BedNode pgdb1;
    private final BedNode pgdb2;
    private final BedNode pgdb3;

    RefusedCandidatesHostsTest(HostsBed bed) {
        pgdb1 = bed.node("pgdb1");
        pgdb2 = bed.node("pgdb2");
        pgdb3 = bed.node("pgdb3");
    }

    @BeforeAll
    static void fresh(HostsBed bed, @TempDir Path state) {
        scene = Scene.healthy(bed, state);
    }

    @Test
    void thatDoesNotStream() {
        scene.refuses(() -> Breaks.notStreaming(pgdb2), """
                error[not-streaming]: pgdb2 is not streaming
                  detail: It has no walreceiver.
                  hint: Look at the server log on pgdb2.
                """, "--to", "pgdb2");
    }

    @Test
    void thatIsTooFarBehind() {
        scene.refuses(() -> Breaks.behind(pgdb2, pgdb1, 100_000), """
                error[candidate-behind]: pgdb2 is too far behind
                  detail: It is # kB behind; 64 kB may be.
                  hint: Wait for it to catch up, or allow more with --max-lag.
                """, "--to", "pgdb2", "--max-lag", "64kB");
    }

    @Test
    void whoseReplayIsPaused() {
        scene.refuses(() -> Breaks.replayPaused(pgdb2), """
                error[replay-paused]: replay is paused on pgdb2
                  detail: It has received WAL up to # and replayed it up to #; a promotion would end the pause.
                  hint: Find out who paused it and why; then run "SELECT pg_wal_replay_resume()" on pgdb2.
                """, "--to", "pgdb2");
    }

    @Test
    void thatIsDelayed() {
        scene.refuses(() -> Breaks.setting(pgdb2, "recovery_min_apply_delay", "1h"), """
                error[delayed-standby]: pgdb2 is a delayed standby
                  detail: Its recovery_min_apply_delay is 3600 s, and promotion would apply everything at once.
                  hint: Choose another standby with --to.
                """, "--to", "pgdb2");
    }

    @Test
    void thatIsNeverToBePromoted() {
        scene.refuses(Breaks::nothing, """
                error[never-promoted]: pgdb2 has priority 0, so it is never promoted
                  hint: Choose another standby with --to, or change its priority in the inventory.
                """, "--to", "pgdb2", "--set", "nodes.pgdb2.priority=0");
    }

    @Test
    void allOfThem() {
        scene.refuses(() -> Breaks.both(Breaks.replayPaused(pgdb3), Breaks.notStreaming(pgdb2)), """
                error[no-candidate]: no standby can be promoted
                  detail: 2 nodes were looked at; what speaks against each follows.
                error[not-streaming]: pgdb2 is not streaming
                  detail: It has no walreceiver.
                  hint: Look at the server log on pgdb2.
                error[replay-paused]: replay is paused on pgdb3
                  detail: It has received WAL up to # and replayed it up to #; a promotion would end the pause.
                  hint: Find out who paused it and why; then run "SELECT pg_wal_replay_resume()" on pgdb3.
                """);
    }

    @Test
    void withTooFewSlots() {
        scene.refuses(
                () -> Breaks.both(Breaks.slotted(pgdb3, pgdb1, "pgdb3"), Breaks.slots(pgdb2, 9)), """
                error[too-few-slots]: pgdb2 has too few replication slots
                  detail: max_replication_slots is 10; 11 are needed.
                  hint: Raise max_replication_slots on pgdb2 and restart it, or drop slots nobody uses.
                """, "--to", "pgdb2");
    }

    @Test
    void withTooFewWalsenders() {
        scene.refuses(() -> Breaks.receivers(pgdb2, pgdb3.host(), 9), """
                error[too-few-walsenders]: pgdb2 has too few walsenders
                  detail: max_wal_senders is 10; 11 are needed.
                  hint: Raise max_wal_senders on pgdb2 and restart it.
                """, "--to", "pgdb2");
    }

    @Test
    void thatDoesNotLetTheOldPrimaryReplicate() {
        scene.refuses(
                () -> Breaks.hba(
                        pgdb2, "host replication replicator " + pgdb1.host().address() + "/32 reject"),
                """
                error[replication-login-refused]: pgdb1 cannot log in for replication at pgdb2
                  detail: psql: error: connection to server at "pgdb2.address", port 5432 failed: FATAL:  pg_hba.conf rejects replication connection for host "pgdb1.address", user "replicator", SSL encryption
                    connection to server at "pgdb2.address", port 5432 failed: FATAL:  pg_hba.conf rejects replication connection for host "pgdb1.address", user "replicator", no encryption
                  hint: On pgdb2, pg_hba.conf needs a line such as: host replication replicator pgdb1.address/32 scram-sha-256
                """,
                "--to",
                "pgdb2");
    }

    @Test
    void thatIsThePrimaryAlready() {
        var ran = scene.switchover("--to", "pgdb1");

        assertEquals(0, ran.exit(), ran::err);
        assertEquals("pgdb1 is the primary already; nothing to do.\n", ran.out());
        scene.assertHealthy();
    }
}
