package io.heliosctl.bed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A pooler leads to the primary and lets clients write; what they write reaches every streaming standby.
record PoolerCheck(BedPooler pooler, BedNode primary, List<BedNode> streaming) {

    private static final int WRITE_SECONDS = 5;
    private static final Duration REPLAY_LIMIT = Duration.ofSeconds(5);

    List<String> violations() {
        List<String> found = new ArrayList<>();
        try {
            pooler.show("DATABASES").stream()
                    .filter(database -> !database.get("name").equals("pgbouncer"))
                    .forEach(database -> routes(database, found));
        } catch (IllegalStateException e) {
            found.add(pooler + " answers on its console; seen: " + e.getMessage());
        }
        if (found.isEmpty()) {
            writes(found);
        }
        return found;
    }

    private void routes(Map<String, String> database, List<String> found) {
        String host = database.get("host");
        boolean local = host.isEmpty() || host.startsWith("/");
        boolean leads = local
                ? pooler.host() == primary.host()
                : host.equals(primary.host().address());
        if (!leads || !database.get("port").equals(Integer.toString(BedNode.PORT))) {
            found.add(pooler + " leads to " + primary + " at " + primary.host().address() + "; seen: " + database);
        }
        if (!database.get("paused").equals("0") || !database.get("disabled").equals("0")) {
            found.add(pooler + " is neither paused nor disabled; seen: " + database);
        }
    }

    private void writes(List<String> found) {
        String marker = UUID.randomUUID().toString();
        try (Connection connection = pooler.connect(WRITE_SECONDS);
                PreparedStatement insert = connection.prepareStatement("INSERT INTO written VALUES (?, 0, 0)")) {
            insert.setString(1, marker);
            insert.executeUpdate();
        } catch (SQLException e) {
            found.add("a write through %s succeeds within %d s; seen: %s"
                    .formatted(pooler, WRITE_SECONDS, e.getMessage()));
            return;
        }
        if (!arrives(primary, marker, Duration.ZERO)) {
            found.add("a write through " + pooler + " is made on " + primary + "; it is not there");
        }
        streaming.stream()
                .filter(standby -> !arrives(standby, marker, REPLAY_LIMIT))
                .forEach(standby -> found.add("a write through " + pooler + " is seen on " + standby + " within "
                        + REPLAY_LIMIT + "; it is not there"));
    }

    private static boolean arrives(BedNode node, String marker, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                if (node.query("SELECT count(*) FROM written WHERE run = '" + marker + "'")
                        .equals(List.of("1"))) {
                    return true;
                }
            } catch (SQLException e) {
                return false;
            }
            if (System.nanoTime() > deadline) {
                return false;
            }
            Await.pause(Duration.ofMillis(50));
        }
    }
}
