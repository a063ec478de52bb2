package io.heliosctl.postgres;

import io.heliosctl.model.Lsn;
import io.heliosctl.model.Timeline;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a server's history has left each timeline before its own (PostgreSQL manual, "Timelines"): a line for
/// each, with the timeline, a tab and the position.
///
/// @param forks by timeline
record TimelineHistory(Timeline own, Map<Timeline, Lsn> forks) {

    private static final String READ = "select pg_read_file('pg_wal/' || lpad(upper(to_hex(?)), 8, '0') || '.history')";

    private static final Pattern LINE = Pattern.compile("\\s*([0-9]{1,9})\\s+([0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8}).*");

    TimelineHistory {
        forks = Map.copyOf(forks);
    }

    /// Asks a server on that timeline. The first timeline has no history.
    static TimelineHistory ask(Connection connection, Timeline own) throws SQLException {
        if (own.id() == 1) {
            return new TimelineHistory(own, Map.of());
        }
        try (var statement = connection.prepareStatement(READ)) {
            statement.setInt(1, own.id());
            try (var result = statement.executeQuery()) {
                result.next();
                return parse(own, result.getString(1));
            }
        }
    }

    static TimelineHistory parse(Timeline own, String text) {
        var forks = new HashMap<Timeline, Lsn>();
        text.lines()
                .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
                .forEach(line -> {
                    var matcher = LINE.matcher(line);
                    if (matcher.matches()) {
                        forks.put(new Timeline(Integer.parseInt(matcher.group(1))), Lsn.parse(matcher.group(2)));
                    }
                });
        return new TimelineHistory(own, forks);
    }

    /// Where it has left that timeline; empty if it never was on it, or is still.
    Optional<Lsn> left(Timeline timeline) {
        return Optional.ofNullable(forks.get(timeline));
    }
}
