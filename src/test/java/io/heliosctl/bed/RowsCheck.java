package io.heliosctl.bed;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Every acknowledged row is there exactly once, no refused one is, none was made up, and streaming standbys
/// have the same.
record RowsCheck(WriterReport report, BedNode primary, List<BedNode> streaming) {

    private static final int EXAMPLES = 5;

    List<String> violations() {
        List<String> found = new ArrayList<>();
        try {
            report.writers().forEach(writer -> found.addAll(of(writer)));
            String sum = "SELECT count(*), sum(seq), sum(writer) FROM written WHERE run = '" + report.run() + "'";
            List<String> there = primary.query(sum);
            for (BedNode standby : streaming) {
                List<String> copy = standby.query(sum);
                if (!copy.equals(there)) {
                    found.add("%s has the rows of %s; count and sums are %s and %s"
                            .formatted(standby, primary, copy, there));
                }
            }
        } catch (SQLException e) {
            found.add("the rows can be read; seen: " + e.getMessage());
        }
        return found;
    }

    private List<String> of(WriterLog writer) {
        BitSet present = new BitSet();
        BitSet twice = new BitSet();
        try {
            for (String seq : primary.query("SELECT seq FROM written WHERE run = '%s' AND writer = %d"
                    .formatted(report.run(), writer.number()))) {
                int row = Integer.parseInt(seq);
                (present.get(row) ? twice : present).set(row);
            }
        } catch (SQLException e) {
            return List.of("the rows of writer " + writer.number() + " can be read; seen: " + e.getMessage());
        }
        BitSet lost = (BitSet) writer.acknowledged().clone();
        lost.andNot(present);
        BitSet undead = (BitSet) writer.failed().clone();
        undead.and(present);
        BitSet invented = (BitSet) present.clone();
        invented.clear(0, writer.sent());
        List<String> found = new ArrayList<>();
        complain(found, writer, "acknowledged and not there", lost);
        complain(found, writer, "refused and yet there", undead);
        complain(found, writer, "there twice", twice);
        complain(found, writer, "there and never sent", invented);
        return found;
    }

    private static void complain(List<String> found, WriterLog writer, String what, BitSet rows) {
        if (!rows.isEmpty()) {
            found.add("no row is %s; of writer %d through %s there are %d, such as %s"
                    .formatted(
                            what,
                            writer.number(),
                            writer.pooler(),
                            rows.cardinality(),
                            rows.stream().limit(EXAMPLES).boxed().toList()));
        }
    }
}
