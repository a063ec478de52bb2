package io.heliosctl.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.bed.BedNode;
import io.heliosctl.bed.Checker;
import io.heliosctl.bed.Fault;
import io.heliosctl.bed.Faults;
import io.heliosctl.bed.Host;
import io.heliosctl.bed.HostsBed;
import io.heliosctl.bed.OnHosts;
import io.heliosctl.bed.WriterReport;
import io.heliosctl.bed.Writers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever fails before the promotion is taken back, under load: exit 5, and the old primary serves its
/// clients.
@OnHosts
class TakenBackHostsTest {

    private static final int WRITERS = 4;
    private static final String PG_CTL = BedNode.BIN + "/pg_ctl";
    private static final String SYSTEMCTL = "/usr/bin/systemctl";

    private static Scene scene;
    private static Tool tool;

    private final HostsBed bed;
    private final Host pgdb1;
    private final Host pgb1;

    TakenBackHostsTest(HostsBed bed) {
        this.bed = bed;
        this.pgdb1 = bed.host("pgdb1");
        this.pgb1 = bed.host("pgb1");
    }

    @BeforeAll
    static void fresh(HostsBed bed, @TempDir Path state) {
        scene = Scene.healthy(bed, state);
        tool = new Tool(bed.inventory(), state);
    }

    @Test
    void aStopThatFails() {
        takenBack(() -> Faults.failing(pgdb1, PG_CTL, "stop\\ *"), "command-failed");
    }

    @Test
    void aStopThatHangs() {
        takenBack(() -> Faults.hanging(pgdb1, PG_CTL, "stop\\ *"), "no-answer");
    }

    @Test
    void aReloadOfAPoolerThatFails() {
        takenBack(() -> Faults.failing(pgb1, SYSTEMCTL, "reload\\ pgbouncer"), "reload-not-applied");
    }

    @Test
    void aReloadThatThePoolerIgnores() {
        takenBack(() -> Faults.before(pgb1, SYSTEMCTL, "reload\\ pgbouncer", "exit 0"), "reload-not-applied");
    }

    @Test
    void anIniThatCannotBeReplaced() {
        takenBack(() -> Faults.failing(pgb1, "/usr/bin/mv", "*/pgbouncer.ini"), "file-refused");
    }

    @Test
    void aTransactionThatOutlastsTheDrain() {
        takenBack(() -> Breaks.openTransaction(bed.pooler("pgb1")), "pause-timed-out", "--drain", "12s");
    }

    @Test
    void aCandidateThatDiesAfterTheStop() {
        var candidate = bed.host("pgdb2");
        var ran = held(Hold.of(pgdb1, "/usr/bin/sync", "*/standby.signal"), begun -> {
            assertTrue(pgdb1.succeed(BedNode.BIN + "/pg_controldata -D " + BedNode.DATA)
                    .contains(" shut down\n"));
            Faults.killed(candidate, BedNode.UNIT);
        });
        ran.exits(5);
        candidate.succeed("systemctl reset-failed; systemctl start " + BedNode.UNIT);
        scene.assertHealthy();
    }

    @Test
    void aSignalWhileClientsWait() {
        held(Hold.of(pgb1, SYSTEMCTL, "reload\\ pgbouncer"), begun -> begun.signal("TERM"))
                .exits(5);
        scene.assertHealthy();
    }

    @Test
    void controlCWhileThePrimaryIsStopped() {
        held(Hold.of(pgdb1, "/usr/bin/sync", "*/standby.signal"), begun -> begun.signal("INT"))
                .exits(5);
        scene.assertHealthy();
    }

    private void takenBack(Supplier<Fault> broken, String problem, String... words) {
        try (var writers = Writers.start(bed, WRITERS)) {
            writers.awaitAcknowledgements(50, Duration.ofSeconds(30));
            Tool.Ran ran;
            try (var _ = broken.get()) {
                ran = tool.run(words(words));
                print(ran);
            }
            served(writers);
            ran.exits(5);
            assertTrue(ran.names(problem), ran.err());
        }
        scene.assertHealthy();
    }

    /// Runs until it is held, does something, and lets it go on.
    private Tool.Ran held(Hold hold, Consumer<Tool.Begun> meanwhile) {
        try (var writers = Writers.start(bed, WRITERS)) {
            Tool.Ran ran;
            try (hold) {
                var begun = tool.begin(words());
                hold.awaitHeld();
                meanwhile.accept(begun);
                hold.letGo();
                ran = begun.await();
                print(ran);
            }
            served(writers);
            return ran;
        }
    }

    /// Clients go on at the old primary, and none has seen an error.
    private void served(Writers writers) {
        writers.awaitAcknowledgements(50, Duration.ofSeconds(30));
        WriterReport report = writers.stop();
        System.out.printf(
                "longest wait of a client: %d ms%n", report.longestWait().toMillis());
        assertEquals(List.of(), report.errors());
        var checker = Checker.of(bed).primaryIs("pgdb1").after(report);
        checker.without("pgdb2").holds();
    }

    private static String[] words(String... more) {
        var words = new ArrayList<>(List.of("switchover", "--yes", "--to", "pgdb2"));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    private static void print(Tool.Ran ran) {
        System.out.printf("%s%s[exit %d]%n%n", ran.err(), ran.out(), ran.exit());
    }
}
