package io.heliosctl.bed;

import java.sql.SQLException;
import java.util.List;

/// What one server says about itself; every text is empty where it does not apply.
///
/// @param problem why it could not be asked
/// @param timeline the one a primary writes on, or the one a standby receives
/// @param receiver the state of a standby's WAL receiver, such as `streaming`
record NodeFacts(BedNode node, String problem, boolean inRecovery, String systemId, String timeline, String receiver) {

    /// The timeline is read off the name of the current WAL file: pg_control tells the old one until the next
    /// checkpoint.
    private static final String QUERY = """
            SELECT pg_is_in_recovery(),
                   (SELECT system_identifier FROM pg_control_system()),
                   CASE WHEN pg_is_in_recovery() THEN (SELECT received_tli FROM pg_stat_wal_receiver)
                        ELSE ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int END,
                   (SELECT status FROM pg_stat_wal_receiver)
            """;

    static NodeFacts of(BedNode node) {
        try {
            String[] row = node.query(QUERY).getFirst().split("\\|", -1);
            return new NodeFacts(node, "", row[0].equals("t"), row[1], row[2], row[3]);
        } catch (SQLException e) {
            return new NodeFacts(node, e.getMessage(), false, "", "", "");
        }
    }

    static List<NodeFacts> of(List<BedNode> nodes) {
        return nodes.stream().map(NodeFacts::of).toList();
    }

    String name() {
        return node.name();
    }

    boolean isThere() {
        return problem.isEmpty();
    }

    boolean isPrimary() {
        return isThere() && !inRecovery;
    }
}
