package io.heliosctl.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.Node;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.PostgresSettings;
import io.heliosctl.model.PostgresSettings.Connect;
import io.heliosctl.model.SshSettings;
import io.heliosctl.remote.Privilege;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrivilegesTest {

    private static final String DATA = "/var/lib/postgresql/15/main";

    @Test
    void aUnitIsDrivenByExactCommands() {
        var node = node("pgdb1", "10.0.1.11", Optional.of("postgresql@15-main"));
        var other = node("pgdb2", "10.0.1.12", Optional.of("postgresql@15-main"));
        assertEquals("""
                postgres: /usr/lib/postgresql/15/bin/pg_controldata -D /var/lib/postgresql/15/main
                postgres: /usr/lib/postgresql/15/bin/pg_ctl status -D /var/lib/postgresql/15/main
                postgres: /usr/lib/postgresql/15/bin/pg_ctl stop -D /var/lib/postgresql/15/main -m fast -W
                postgres: /usr/lib/postgresql/15/bin/pg_ctl stop -D /var/lib/postgresql/15/main -m immediate -W
                root: /usr/bin/systemctl start postgresql@15-main
                postgres: /usr/bin/df -Pk /var/lib/postgresql/15/main /var/lib/postgresql/15/main/pg_wal
                root: /usr/bin/systemctl stop postgresql@15-main
                root: /usr/bin/systemctl restart postgresql@15-main
                root: /usr/bin/systemctl stop --no-block postgresql@15-main
                root: /usr/bin/systemctl mask postgresql@15-main
                root: /usr/bin/systemctl unmask postgresql@15-main
                postgres: /usr/lib/postgresql/15/bin/psql -X -A -t -w -d host=10.0.1.12 port=5432 user=replicator \
                replication=1 connect_timeout=5 application_name=heliosctl passfile=/etc/pgpass \
                sslmode=verify-full -c IDENTIFY_SYSTEM
                """, shown(new Programs(node).all(List.of(other))));
    }

    /// Only digits may vary, and each is exactly one: no path, no option and no blank fits.
    @Test
    void countingTransactionsMayBeginAnywhere() {
        var node = node("pgdb1", "10.0.1.11", Optional.empty());
        var digit = "[0-9A-F]";
        var lines = SudoCommands.further(node).stream()
                .map(Privilege::inSudoers)
                .filter(line -> line.contains("pg_waldump"))
                .toList();
        assertEquals(
                IntStream.rangeClosed(1, 4)
                        .mapToObj(digits -> "/usr/bin/timeout 10 /usr/lib/postgresql/15/bin/pg_waldump "
                                + "--path\\=/var/lib/postgresql/15/main/pg_wal --rmgr\\=Transaction --stats\\=record "
                                + "-t %s -s %s/%s".formatted(digit.repeat(digits), digit.repeat(8), digit.repeat(8)))
                        .toList(),
                lines);
    }

    /// A failover is not refused because an older sudoers file lacks the lines that read a dead primary's WAL.
    /// Only the name of the segment varies.
    @Test
    void theWalOfADeadPrimaryIsReadIfThatIsAllowed() {
        var node = node("pgdb1", "10.0.1.11", Optional.empty());
        var pgWal = DATA + "/pg_wal";
        assertTrue(SudoCommands.needed(node, List.of()).stream()
                .map(Privilege::inSudoers)
                .noneMatch(line -> line.contains(pgWal + "/")));
        assertEquals(
                List.of(
                        "/usr/bin/ls -1 " + pgWal,
                        "/usr/bin/cat %s/%s".formatted(pgWal, "[0-9A-F]".repeat(24)),
                        "/usr/bin/install -T -m 0600 /dev/null %s/xlogtemp.heliosctl".formatted(pgWal),
                        "/usr/bin/tee %s/xlogtemp.heliosctl".formatted(pgWal),
                        "/usr/bin/chmod --reference\\=%s/PG_VERSION %s/xlogtemp.heliosctl".formatted(DATA, pgWal),
                        "/usr/bin/sync %s/xlogtemp.heliosctl".formatted(pgWal),
                        "/usr/bin/cat %s/xlogtemp.heliosctl".formatted(pgWal),
                        "/usr/bin/mv -fT %s/xlogtemp.heliosctl %s/%s".formatted(pgWal, pgWal, "[0-9A-F]".repeat(24)),
                        "/usr/bin/dd of\\=%s/%s bs\\=65536 seek\\=%s oflag\\=seek_bytes conv\\=notrunc\\,fsync status\\=none"
                                .formatted(pgWal, "[0-9A-F]".repeat(24), "[0-9A-F]".repeat(10)),
                        "/usr/bin/sync " + pgWal,
                        "/usr/bin/rm -f %s/xlogtemp.heliosctl".formatted(pgWal)),
                SudoCommands.further(node).stream()
                        .filter(privilege -> privilege.user().equals("postgres"))
                        .map(Privilege::inSudoers)
                        .filter(line -> line.contains(pgWal) && !line.contains("pg_waldump"))
                        .toList());
    }

    @Test
    void withoutAUnitPgCtlStartsTheServerWithItsConfiguration() {
        var node = node("pgdb1", "10.0.1.11", Optional.empty());
        assertTrue(shown(new Programs(node).all(List.of())).contains("""
                        postgres: /usr/lib/postgresql/15/bin/pg_ctl start -D /var/lib/postgresql/15/main -W \
                        -l /var/log/pg.log -o -c config_file=/etc/postgresql/15/main/postgresql.conf
                        postgres: /usr/bin/df -Pk /var/lib/postgresql/15/main /var/lib/postgresql/15/main/pg_wal
                        postgres: /usr/bin/tail -n 20 /var/log/pg.log
                        """));
    }

    @Test
    void noPasswordOfTheInventoryReachesACommand() {
        var node = node("pgdb1", "10.0.1.11", Optional.empty());
        assertEquals(-1, shown(new Programs(node).all(List.of(node))).indexOf("hush"));
    }

    /// The password comes from the password file, and nothing in sudoers matches more than one command.
    @Test
    void aNodeIsBroughtBackByExactCommandsWithoutAPassword() {
        var node = node("pgdb1", "10.0.1.11", Optional.of("postgresql@15-main"));
        var other = node("pgdb2", "10.0.1.12", Optional.of("postgresql@15-main"));
        var all = shown(ComingBack.privileges(node, List.of(other)));
        assertEquals(-1, all.indexOf("hush"));
        assertTrue(all.contains("""
                        postgres: /usr/lib/postgresql/15/bin/pg_rewind --target-pgdata=/var/lib/postgresql/15/main \
                        --source-server=host=10.0.1.12 port=5432 user=replicator connect_timeout=5 \
                        application_name=heliosctl dbname=postgres passfile=/etc/pgpass sslmode=verify-full \
                        --write-recovery-conf --progress
                        postgres: /usr/lib/postgresql/15/bin/pg_basebackup --pgdata=/var/lib/postgresql/15/main.heliosctl-new \
                        --checkpoint=fast --wal-method=stream --progress --no-password --dbname=host=10.0.1.12 port=5432 \
                        user=replicator connect_timeout=5 application_name=heliosctl passfile=/etc/pgpass sslmode=verify-full
                        """), all);
        assertTrue(all.lines().noneMatch(line -> line.contains("rm -rf") || line.contains("rm -r ")), all);
    }

    @Test
    void theFilesOfAStandbyAreWrittenByTheServersOwner() {
        var node = node("pgdb1", "10.0.1.11", Optional.empty());
        var files = SudoCommands.needed(node, List.of()).stream()
                .filter(privilege -> privilege.words().stream().anyMatch(word -> word.contains("standby.signal")))
                .toList();
        assertTrue(files.stream().allMatch(privilege -> privilege.user().equals("postgres")));
        assertTrue(files.stream()
                .anyMatch(
                        privilege -> privilege.words().equals(List.of("/usr/bin/rm", "-f", DATA + "/standby.signal"))));
    }

    private static String shown(List<Privilege> privileges) {
        var text = new StringBuilder();
        for (var privilege : privileges) {
            text.append(privilege.user())
                    .append(": ")
                    .append(String.join(" ", privilege.words()))
                    .append('\n');
        }
        return text.toString();
    }

    private static Node node(String name, String host, Optional<String> service) {
        var postgres = new PostgresSettings(
                5432,
                service,
                DATA,
                "/usr/lib/postgresql/15/bin",
                "/var/run/postgresql",
                Optional.of("/etc/postgresql/15/main/postgresql.conf"),
                Optional.of("/var/log/pg.log"),
                "postgres",
                "heliosctl",
                "postgres",
                "replicator",
                Connect.SOCKET,
                Optional.empty(),
                Optional.of("/etc/pgpass"),
                Optional.empty(),
                Map.of("sslmode", "verify-full", "password", "hush"));
        var ssh = new SshSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Path.of("/dev/null"),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(5));
        return new Node(new NodeName(name), host, 100, List.of(), ssh, postgres);
    }
}
