package io.heliosctl.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/// The rows of one run that a server has.
///
/// @param byWriter the numbers of each writer's rows
record Written(Map<Integer, BitSet> byWriter) {

    static Written read(LoopbackNode node, String run) throws SQLException {
        Map<Integer, BitSet> found = new HashMap<>();
        try (Connection connection = node.connect("app");
                PreparedStatement query =
                        connection.prepareStatement("SELECT writer, seq FROM demo_written WHERE run = ?")) {
            query.setString(1, run);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.computeIfAbsent(rows.getInt(1), writer -> new BitSet())
                            .set((int) rows.getLong(2));
                }
            }
        }
        return new Written(found);
    }

    /// How many of these are not there.
    long missing(int writer, BitSet promised) {
        BitSet rest = (BitSet) promised.clone();
        rest.andNot(byWriter.getOrDefault(writer, new BitSet()));
        return rest.cardinality();
    }
}
