package io.heliosctl.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.bed.BedNode;
import io.heliosctl.bed.Checker;
import io.heliosctl.bed.HostsBed;
import io.heliosctl.bed.OnHosts;
import io.heliosctl.bed.Writers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every server is restarted under load by its own systemd unit, with the printed sudoers file.
@OnHosts
class RestartHostsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HostsBed bed;

    RestartHostsTest(HostsBed bed) {
        this.bed = bed;
    }

    /// What may be larger on a standby than on its primary, and not smaller.
    @Test
    void takesALargerSettingToEveryServer(@TempDir Path state) {
        var tool = Prepared.fresh(bed, state);
        bed.nodes().forEach(node -> node.execute("ALTER SYSTEM SET max_connections = 123"));
        restart(tool, "pgdb2", "restart", "--standbys-first", "--to", "pgdb2", "--yes");
        for (var node : bed.nodes()) {
            assertEquals("123", node.ask("SHOW max_connections"), node.name());
        }
    }

    @Test
    void restartsEveryServerWhereItIs(@TempDir Path state) {
        restart(Prepared.fresh(bed, state), "pgdb1", "restart", "--yes");
    }

    private void restart(Tool tool, String primaryThen, String... words) {
        var before = started();
        try (var writers = Writers.start(bed, 4)) {
            writers.awaitAcknowledgements(50, LIMIT);
            var ran = tool.run(words);
            writers.awaitAcknowledgements(50, LIMIT);
            var report = writers.stop();
            System.out.printf("%s%s[exit %d]%n%n", ran.err(), ran.out(), ran.exit());
            ran.exits(0);
            assertEquals(List.of(), report.errors());
            Checker.of(bed).primaryIs(primaryThen).after(report).holds();
        }
        var after = started();
        after.removeAll(before);
        assertEquals(3, after.size(), "servers that were started since");
        for (var node : bed.nodes()) {
            assertEquals(
                    "active",
                    node.host()
                            .succeed("systemctl is-active \"$1\"", BedNode.UNIT)
                            .strip(),
                    node.name());
        }
    }

    private Set<String> started() {
        var all = new TreeSet<String>();
        bed.nodes().forEach(node -> all.add(node.name() + " " + node.ask("SELECT pg_postmaster_start_time()")));
        return all;
    }
}
