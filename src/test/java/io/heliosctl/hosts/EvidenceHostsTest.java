package io.heliosctl.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.bed.Faults;
import io.heliosctl.bed.HostsBed;
import io.heliosctl.bed.OnHosts;
import io.heliosctl.bed.Writers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who is asked whether a primary lives that cannot be reached from here, and what each says.
@OnHosts
class EvidenceHostsTest {

    private static final Pattern WORKING =
            Pattern.compile("\\| pgb1 +\\| clients +\\| yes +\\| [0-9]+ of their transactions ended in 2.5 s");
    private static final Pattern IDLE = Pattern.compile("\\| pgb1 +\\| clients +\\| \\? +\\| no client uses it");

    private final HostsBed bed;

    EvidenceHostsTest(HostsBed bed) {
        this.bed = bed;
    }

    /// N1: its clients work on it, which only their pooler sees.
    @Test
    void transactionsThatEndProveThatItLives(@TempDir Path state) {
        var tool = Prepared.fresh(bed, state);
        try (var _ = Faults.deafToUs(bed.host("pgdb1"))) {
            var idle = tool.run("failover", "--dry-run").exits(4);
            System.out.printf("%s%s[exit %d]%n%n", idle.err(), idle.out(), idle.exit());
            assertTrue(IDLE.matcher(idle.err()).find(), idle.err());
        }
        try (var writers = Writers.start(bed, 4)) {
            writers.awaitAcknowledgements(50, Duration.ofSeconds(30));
            try (var _ = Faults.deafToUs(bed.host("pgdb1"))) {
                var refused = tool.run("failover", "--dry-run").exits(4);
                System.out.printf("%s%s[exit %d]%n%n", refused.err(), refused.out(), refused.exit());
                assertTrue(refused.names("primary-alive"), refused.err());
                assertTrue(WORKING.matcher(refused.err()).find(), refused.err());
                var status = tool.run("status").exits(0);
                assertTrue(WORKING.matcher(status.out()).find(), status.out());
                var json = tool.run("status", "-o", "json").exits(0).out();
                assertEquals(
                        1,
                        Pattern.compile("\"way\" : \"clients\",\\s*\"answer\" : \"alive\"")
                                .matcher(json)
                                .results()
                                .count(),
                        json);
            }
        }
    }
}
