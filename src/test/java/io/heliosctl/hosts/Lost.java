package io.heliosctl.hosts;

import io.heliosctl.bed.BedNode;
import io.heliosctl.bed.WriterReport;
import java.sql.SQLException;
import java.util.BitSet;

/// Acknowledged rows that are not there any more.
final class Lost {

    private Lost() {}

    /// How many of them a node does not have.
    static long rows(BedNode primary, WriterReport report) {
        long lost = 0;
        for (var writer : report.writers()) {
            var missing = (BitSet) writer.acknowledged().clone();
            try {
                primary.query("SELECT seq FROM written WHERE run = '%s' AND writer = %d"
                                .formatted(report.run(), writer.number()))
                        .forEach(seq -> missing.clear(Integer.parseInt(seq)));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            lost += missing.cardinality();
        }
        return lost;
    }
}
