package io.heliosctl.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.bed.BedNode;
import io.heliosctl.bed.HostsBed;
import io.heliosctl.bed.WriteSampler;
import io.heliosctl.bed.WriterReport;
import io.heliosctl.bed.Writers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// A failover under load that is watched: clients write through both poolers, and every server is asked all the
/// time whether it takes a write.
final class Drill implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int WRITERS = 4;
    private static final int PATIENCE_SECONDS = 3;

    private final HostsBed bed;
    private final Tool tool;
    private final WriteSampler sampler;
    private final Writers writers;

    private Drill(HostsBed bed, Tool tool) {
        this.bed = bed;
        this.tool = tool;
        this.sampler = WriteSampler.start(bed.nodes().stream()
                .collect(Collectors.toMap(BedNode::name, node -> () -> node.connect("postgres", PATIENCE_SECONDS))));
        this.writers = Writers.start(bed, WRITERS, PATIENCE_SECONDS);
    }

    /// On a fresh cluster whose primary is pgdb1.
    static Drill begin(HostsBed bed, Path state) {
        return of(bed, Prepared.fresh(bed, state));
    }

    /// On the cluster as it is.
    static Drill of(HostsBed bed, Tool tool) {
        var drill = new Drill(bed, tool);
        drill.served();
        return drill;
    }

    Tool tool() {
        return tool;
    }

    /// Returns when every client has had rows acknowledged.
    void served() {
        writers.awaitAcknowledgements(20, LIMIT);
    }

    /// Returns when every client of that pooler has had rows acknowledged.
    void servedThrough(String pooler) {
        writers.awaitAcknowledgements(pooler, 20, LIMIT);
    }

    /// A failover without a question.
    Failover failover(String... words) {
        return Failover.run(tool, words);
    }

    /// Ends it: only one server has taken writes, or one after the other.
    ///
    /// @param order who must have taken writes, in order
    /// @return what the clients saw
    WriterReport end(String... order) {
        var report = writers.stop();
        assertEquals(List.of(order), sampler.writableInOrder(), "writable, in order");
        return report;
    }

    /// As [#end], after a promotion of pgdb2: no more is lost than was announced.
    Figures lost(Failover failover) {
        var report = end("pgdb1", "pgdb2");
        var lost = Lost.rows(bed.node("pgdb2"), report);
        var figures = Figures.of(failover, report, lost);
        System.out.println(figures);
        // An insert of one row and its commit take more than a hundred bytes of WAL.
        assertTrue(lost * 100 <= failover.announcedBytes(), () -> lost + " rows lost of " + failover.announced());
        return figures;
    }

    @Override
    public void close() {
        sampler.close();
        writers.close();
    }
}
