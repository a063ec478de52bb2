package io.heliosctl.bed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The bed itself: what every other test of this kind relies on.
@OnHosts
class HostsBedTest {

    @BeforeAll
    static void fresh(HostsBed bed) {
        long start = System.nanoTime();
        bed.reset();
        System.out.printf(
                "hosts booted in %d ms, reset in %d ms%n",
                bed.bootTime().toMillis(), (System.nanoTime() - start) / 1_000_000);
    }

    @Test
    void writersThroughBothPoolersSeeNoErrorAndLoseNoRow(HostsBed bed) {
        try (Writers writers = Writers.start(bed, 4)) {
            Await.pause(Duration.ofSeconds(5));
            WriterReport report = writers.stop();
            System.out.printf(
                    "%d rows acknowledged, longest wait %d ms%n",
                    report.acknowledged(), report.longestWait().toMillis());
            assertEquals(List.of(), report.errors());
            Checker.of(bed).primaryIs("pgdb1").after(report).holds();
        }
    }

    @Test
    void sshLetsTheUserInWithItsKeyAndTheKnownHosts(HostsBed bed) throws IOException, InterruptedException {
        for (Host host : bed.hosts()) {
            assertEquals(host.name() + " heliosctl\n", ssh(bed, host, "echo $(uname -n) $(id -un)"));
        }
    }

    @Test
    void sudoAllowsWhatTheSudoersFileSaysAndNothingElse(HostsBed bed) throws IOException, InterruptedException {
        Host host = bed.host("pgdb2");
        host.installSudoers("heliosctl ALL=(postgres) NOPASSWD: /usr/bin/id -un\n");
        assertEquals("postgres\n", ssh(bed, host, "sudo -n -u postgres -- /usr/bin/id -un"));
        assertEquals("sudo: a password is required\n", ssh(bed, host, "sudo -n -u postgres -- /usr/bin/id"));
        host.allowAllSudo();
        assertEquals("root\n", ssh(bed, host, "sudo -n -- /usr/bin/id -un"));
    }

    @Test
    void theDatabaseRoleOfHeliosctlIsLetInByTheSocketAndIsNoSuperuser(HostsBed bed)
            throws IOException, InterruptedException {
        String query = "psql -XAtc \"SELECT current_user, current_setting('is_superuser')\" postgres";
        assertEquals("heliosctl|off\n", ssh(bed, bed.host("pgdb3"), query));
    }

    @Test
    void heliosctlReachesTheConsoleAndTheDatabaseThroughEachPooler(HostsBed bed)
            throws IOException, InterruptedException {
        for (BedPooler pooler : bed.poolers()) {
            String psql = "psql -XAt -h /var/run/postgresql -p " + pooler.port() + " -c ";
            assertEquals("PgBouncer 1.18.0\n", ssh(bed, pooler.host(), psql + "'SHOW VERSION' pgbouncer"));
            assertEquals("heliosctl\n", ssh(bed, pooler.host(), psql + "'SELECT current_user' app"));
        }
    }

    @Test
    void aPoolerBesideThePrimaryMayGoThroughItsSocket(HostsBed bed) throws IOException, InterruptedException {
        BedPooler pooler = bed.pooler("pgb2");
        String tcp = PoolerIni.OWN.text(pooler, bed.node("pgdb1"));
        String local = tcp.replace("host=" + bed.host("pgdb1").address(), "host=" + BedPooler.SOCKETS);
        bed.writePgbouncerIni(pooler, local);
        Await.until(
                "pgb2 leads to the socket",
                Duration.ofSeconds(5),
                () -> pooler.show("DATABASES").toString().contains("host=" + BedPooler.SOCKETS),
                () -> pooler.show("DATABASES"));
        Checker.of(bed).primaryIs("pgdb1").holds();
        String query = "psql -XAt -h /var/run/postgresql -p 6433 -c 'SELECT current_user' app";
        assertEquals("heliosctl\n", ssh(bed, pooler.host(), query));
        bed.writePgbouncerIni(pooler, tcp);
    }

    private static String ssh(HostsBed bed, Host host, String command) throws IOException, InterruptedException {
        List<String> words = List.of(
                "ssh",
                "-F",
                "none",
                "-o",
                "BatchMode=yes",
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "StrictHostKeyChecking=yes",
                "-o",
                "UserKnownHostsFile=" + bed.knownHosts(),
                "-i",
                bed.key().toString(),
                "heliosctl@" + host.address(),
                command);
        Process ssh = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(ssh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        ssh.waitFor();
        return output;
    }
}
