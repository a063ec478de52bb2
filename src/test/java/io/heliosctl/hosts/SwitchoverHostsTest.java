package io.heliosctl.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.bed.Checker;
import io.heliosctl.bed.HostsBed;
import io.heliosctl.bed.OnHosts;
import io.heliosctl.bed.Writers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The main job on real hosts: systemd, OpenSSH, sudo with the printed sudoers file, a role without
/// superuser.
@OnHosts
class SwitchoverHostsTest {

    private static final int TIMES = 10;
    private static final Pattern WAITED = Pattern.compile("Clients waited ([0-9.]+) (ms|s)");

    @Test
    void movesThePrimaryThereAndBackUnderLoadWithoutAnErrorAndWithoutALoss(HostsBed bed, @TempDir Path state) {
        var tool = Prepared.fresh(bed, state);
        var waits = new ArrayList<String>();
        for (int i = 0; i < TIMES; i++) {
            var to = i % 2 == 0 ? "pgdb2" : "pgdb1";
            try (var writers = Writers.start(bed, 8)) {
                writers.awaitAcknowledgements(100, Duration.ofSeconds(30));
                var ran = tool.run("switchover", "--to", to, "--yes");
                writers.awaitAcknowledgements(100, Duration.ofSeconds(30));
                var report = writers.stop();
                ran.exits(0);
                assertEquals(List.of(), report.errors());
                Checker.of(bed).primaryIs(to).after(report).holds();
                var waited = WAITED.matcher(ran.out());
                assertTrue(waited.find(), ran.out());
                waits.add("%s (clients saw %d ms)"
                        .formatted(waited.group(), report.longestWait().toMillis()));
            }
        }
        waits.forEach(System.out::println);
    }
}
