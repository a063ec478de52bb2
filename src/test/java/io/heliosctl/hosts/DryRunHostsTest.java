package io.heliosctl.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.bed.BedNode;
import io.heliosctl.bed.Fault;
import io.heliosctl.bed.Host;
import io.heliosctl.bed.HostsBed;
import io.heliosctl.bed.OnHosts;
import io.heliosctl.bed.Snapshot;
import io.heliosctl.document.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// A dry run changes nothing, proves on real hosts, and tells exactly what a run then sends.
@OnHosts
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DryRunHostsTest {

    /// What only looks, or cleans up after a failure that there was none of.
    private static final Pattern LOOKS =
            Pattern.compile("/usr/bin/(test|cat|readlink|sha256sum|df|tail) .*|.*/pg_controldata .*|.*/pg_ctl status .*"
                    + "|.*/psql .*");

    private static final Pattern LOGGED = Pattern.compile("USER=(\\S+) ; COMMAND=(.*)");

    private static final Pattern TYPED = Pattern.compile("sudo -n (?:-u (\\S+) )?-- (.*)");

    private static Scene scene;

    private final HostsBed bed;

    DryRunHostsTest(HostsBed bed) {
        this.bed = bed;
    }

    @BeforeAll
    static void fresh(HostsBed bed, @TempDir Path state) {
        scene = Scene.healthy(bed, state);
    }

    @AfterAll
    static void reset(HostsBed bed, @TempDir Path state) {
        // The last test moves the primary.
        scene = Scene.healthy(bed, state);
    }

    @Test
    @Order(1)
    void leavesTheHostsAsTheyWere() {
        var before = Snapshot.of(bed);
        var recordsBefore = sudoRecords();

        var ran = scene.run("switchover", "--dry-run");

        assertEquals(List.of(), before.differences(Snapshot.of(bed)));
        assertEquals(recordsBefore, sudoRecords());
        assertEquals(0, ran.exit(), ran::err);
        assertTrue(ran.out().contains("sudo -n -u postgres -- /usr/lib/postgresql/15/bin/pg_ctl stop"), ran::out);
        assertTrue(ran.out().contains("sudo commands allowed"), ran::out);
    }

    @Test
    @Order(2)
    void anotherManagersProcessIsARefusal() {
        scene.refuses(
                () -> running(
                        bed.host("pgdb3"),
                        "cp /bin/sleep /tmp/repmgrd; setsid /tmp/repmgrd 900 >&- 2>&- &",
                        "pkill -x repmgrd; rm -f /tmp/repmgrd"),
                """
                error[other-manager]: pgdb3: repmgrd manages servers there
                  detail: Seen: process #. It would act against what heliosctl does.
                  hint: Let it do the switchover, or stop it. If it manages something else: --accept-manager repmgrd.
                """);
    }

    @Test
    @Order(3)
    void anotherManagersUnitIsARefusal() {
        scene.refuses(() -> unit(bed.host("pgdb2"), "patroni.service", "[Service]\nExecStart=/bin/sleep 900\n"), """
                error[other-manager]: pgdb2: patroni manages servers there
                  detail: Seen: unit patroni.service. It would act against what heliosctl does.
                  hint: Let it do the switchover, or stop it. If it manages something else: --accept-manager patroni.
                """);
    }

    /// Installed, read, listed: none of that is at work.
    @Test
    @Order(4)
    void whatOnlyLooksLikeAManagerIsNone() {
        var host = bed.host("pgdb1");
        try (var _ = running(
                host,
                "touch /tmp/patroni.yml; setsid tail -f /tmp/patroni.yml >&- 2>&- &",
                "pkill -x tail; rm -f /tmp/patroni.yml")) {
            assertEquals(0, scene.run("switchover", "--dry-run").exit());
        }
        scene.assertHealthy();
    }

    @Test
    @Order(5)
    void aUnitThatStartsAgainAfterEveryStopIsTold() {
        try (var _ = dropIn(bed.host("pgdb1"), "[Service]\nRestart=always\nTimeoutStopSec=30\n")) {
            scene.assertTold("""
                    warning[unit-impatient]: pgdb1: unit postgresql@15-main is killed early
                      detail: Its TimeoutStopSec is # s; a shutdown checkpoint may take longer.
                      hint: Raise TimeoutStopSec.
                    warning[unit-restarts]: pgdb1: unit postgresql@15-main starts again after every stop
                      detail: Its Restart= is "always". heliosctl has systemd stop it, which systemd respects; a stop by \
                    pg_ctl, or one that another tool makes, would be undone.
                      hint: Set Restart=on-failure or Restart=no: "systemctl edit postgresql@15-main" on pgdb1.
                    """, 0, scene.run("switchover", "--dry-run"));
            assertTrue(
                    scene.run("switchover", "--dry-run").out().contains("systemctl stop --no-block"),
                    "and it is stopped by systemd");
        }
        scene.assertHealthy();
    }

    @Test
    @Order(6)
    void aFullDiskOfAPoolersFilesIsARefusal() {
        scene.refuses(
                () -> overlaid(bed.host("pgb1"), "mount -t tmpfs -o size=900k,mode=0755 tmpfs /etc/pgbouncer"), """
                error[disk-full]: pgb1: there is no room for what will be written
                  detail: # MiB free in /etc/pgbouncer, of # MiB; # MiB are needed.
                  hint: Make room on pgb1: "df -h /etc/pgbouncer" there.
                """);
    }

    @Test
    @Order(7)
    void aFileThatCannotBeWrittenIsFoundByTheTrial() {
        var before = Snapshot.of(bed);
        try (var _ = overlaid(
                bed.host("pgb1"),
                "mount --bind /etc/pgbouncer /etc/pgbouncer && mount -o remount,bind,ro /etc/pgbouncer")) {
            var ran = scene.run("switchover", "--dry-run");
            assertEquals(4, ran.exit(), ran::err);
            assertTrue(ran.err().contains("cannot write /etc/pgbouncer/.pgbouncer.ini.heliosctl-trial"), ran::err);
        }
        assertEquals(List.of(), before.differences(Snapshot.of(bed)));
        scene.assertHealthy();
    }

    /// sudo keeps a record of its own of every command.
    @Test
    @Order(8)
    void tellsExactlyWhatIsSentWithSudo() {
        var dry = scene.run("switchover", "--to", "pgdb2", "--dry-run", "-o", "json");
        var told = told(Json.object(dry.out()).orElseThrow());
        var since = since();

        var ran = scene.run("switchover", "--to", "pgdb2", "--yes");

        assertEquals(0, ran.exit(), ran::err);
        assertEquals(told, sent(since));
    }

    /// Whom sudo remembers: nobody, as long as it refuses nothing.
    private List<String> sudoRecords() {
        return bed.hosts().stream()
                .map(host -> host.run("find /run/sudo /var/lib/sudo -mindepth 1 -printf '%p %s %t\\n' | sort")
                        .text())
                .toList();
    }

    /// By host: a pooler may share one with a node.
    private Map<String, Set<String>> told(Map<String, Object> plan) {
        var told = new TreeMap<String, Set<String>>();
        add(told, (List<?>) plan.get("ahead"));
        ((List<?>) plan.get("steps")).forEach(step -> add(told, (List<?>) ((Map<?, ?>) step).get("commands")));
        return told;
    }

    private void add(Map<String, Set<String>> told, List<?> commands) {
        for (var each : commands) {
            var command = (Map<?, ?>) each;
            for (var exact : (List<?>) command.get("exact")) {
                var typed = TYPED.matcher(exact.toString());
                if (typed.matches()) {
                    told.computeIfAbsent(host(command.get("host").toString()), _ -> new TreeSet<>())
                            .add((typed.group(1) == null ? "root" : typed.group(1)) + ": " + typed.group(2));
                }
            }
        }
    }

    private String host(String name) {
        return bed.poolers().stream()
                .filter(pooler -> pooler.name().equals(name))
                .map(pooler -> pooler.host().name())
                .findFirst()
                .orElse(name);
    }

    private Map<String, String> since() {
        var since = new TreeMap<String, String>();
        bed.hosts()
                .forEach(host ->
                        since.put(host.name(), host.succeed("date +%s.%N").strip()));
        return since;
    }

    private Map<String, Set<String>> sent(Map<String, String> since) {
        var sent = new TreeMap<String, Set<String>>();
        for (var host : bed.hosts()) {
            var log = host.succeed("journalctl -q --no-pager -o cat --since \"@$1\" -t sudo", since.get(host.name()));
            var commands = new TreeSet<String>();
            log.lines().forEach(line -> {
                var logged = LOGGED.matcher(line);
                if (logged.find() && !LOOKS.matcher(logged.group(2)).matches()) {
                    commands.add(logged.group(1) + ": " + logged.group(2));
                }
            });
            if (!commands.isEmpty()) {
                sent.put(host.name(), commands);
            }
        }
        return sent;
    }

    private static Fault running(Host host, String start, String stop) {
        host.succeed(start);
        return () -> host.run(stop + "; sleep 0.2");
    }

    private static Fault unit(Host host, String name, String text) {
        host.write("/run/systemd/system/" + name, text, "root:root", "0644");
        host.succeed("systemctl daemon-reload && systemctl start \"$1\"", name);
        return () -> host.run(
                "systemctl stop \"$1\"; rm -f \"/run/systemd/system/$1\"; systemctl daemon-reload; "
                        + "systemctl reset-failed \"$1\"",
                name);
    }

    private static Fault dropIn(Host host, String text) {
        var directory = "/etc/systemd/system/%s.service.d".formatted(BedNode.UNIT);
        host.succeed("mkdir -p \"$1\"", directory);
        host.write(directory + "/restart.conf", text, "root:root", "0644");
        host.succeed("systemctl daemon-reload");
        return () -> host.run("rm -rf \"$1\"; systemctl daemon-reload", directory);
    }

    /// Something is mounted over the directory, with the same files in it.
    private static Fault overlaid(Host host, String mount) {
        host.succeed("cp -a /etc/pgbouncer /root/kept && " + mount
                + " && { cp -a /root/kept/. /etc/pgbouncer/ 2>/dev/null || [ ! -w /etc/pgbouncer ] || exit 1; }");
        return () -> host.run("umount /etc/pgbouncer; rm -rf /root/kept");
    }
}
