package io.heliosctl.postgres;

import io.heliosctl.model.Lsn;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.NodeState.Facts;
import io.heliosctl.model.NodeState.Identity;
import io.heliosctl.model.NodeState.OldTransaction;
import io.heliosctl.model.NodeState.Receiver;
import io.heliosctl.model.NodeState.ReplayPause;
import io.heliosctl.model.NodeState.Running;
import io.heliosctl.model.NodeState.Sender;
import io.heliosctl.model.NodeState.Slot;
import io.heliosctl.model.ServerVersion;
import io.heliosctl.model.SystemId;
import io.heliosctl.model.Timeline;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks a server everything, in one round trip, and reads the answer.
final class Observation {

    private final Row row;
    private final Map<String, String> settings = new HashMap<>();

    private Observation(Row row) throws SQLException {
        this.row = row;
        for (var cells : row.rows("settings")) {
            settings.put(cells.text(0), cells.text(1));
        }
    }

    static Running ask(Connection connection) throws SQLException {
        var sql = ObservationQuery.of(Dialect.of(Sql.version(connection)));
        try (var statement = connection.prepareStatement(sql);
                var result = statement.executeQuery()) {
            result.next();
            return new Observation(new Row(result)).state();
        }
    }

    private Running state() throws SQLException {
        // Before the facts: they keep only the address of primary_conninfo, which may hold a password.
        var upstream = receiver(Conninfo.parse(settings.getOrDefault("primary_conninfo", "")));
        var facts = facts();
        if (!row.isTrue("standby")) {
            return new NodeState.Primary(identity(), row.lsn("written"), senders(), slots(), facts);
        }
        return new NodeState.Standby(
                identity(),
                row.lsn("received"),
                row.lsn("replayed"),
                upstream,
                pause(row.text("pause_state")),
                Duration.ofMillis(Long.parseLong(settings.getOrDefault("recovery_min_apply_delay", "0"))),
                senders(),
                slots(),
                facts);
    }

    private Identity identity() throws SQLException {
        return new Identity(
                new SystemId(row.text("system_id")),
                new Timeline(row.number("timeline")),
                new ServerVersion(row.number("version")),
                row.text("data_directory"),
                row.number("port"));
    }

    private Optional<Receiver> receiver(Conninfo configured) throws SQLException {
        return row.rows("receiver").stream()
                .map(cells -> new Receiver(
                        cells.text(0),
                        cells.optional(1).or(configured::host).orElse(""),
                        cells.optional(2).map(Integer::parseInt).orElse(configured.port()),
                        cells.optional(3).map(Integer::parseInt).map(Timeline::new),
                        cells.optional(4)))
                .findFirst();
    }

    private List<Sender> senders() throws SQLException {
        return row.rows("senders").stream()
                .map(cells -> new Sender(
                        cells.text(0),
                        cells.optional(1),
                        cells.text(2),
                        cells.text(3),
                        cells.optional(4).map(Lsn::parse)))
                .toList();
    }

    private List<Slot> slots() throws SQLException {
        return row.rows("slots").stream()
                .map(cells -> new Slot(
                        cells.text(0),
                        cells.text(1).equals("logical"),
                        cells.text(2).equals("true"),
                        cells.optional(3).map(Lsn::parse)))
                .toList();
    }

    private Facts facts() throws SQLException {
        settings.computeIfPresent(
                "primary_conninfo", (_, text) -> Conninfo.parse(text).address());
        return new Facts(
                settings,
                row.isTrue("archive_failing"),
                row.number("archive_ready"),
                row.rows("old_transactions").stream()
                        .map(cells -> new OldTransaction(
                                Integer.parseInt(cells.text(0)),
                                cells.text(1),
                                cells.text(2),
                                Duration.ofMillis(Long.parseLong(cells.text(3))),
                                cells.text(4)))
                        .toList(),
                row.rows("prepared").stream().map(cells -> cells.text(0)).toList(),
                row.optionalNumber("replay_lag_ms").map(Duration::ofMillis));
    }

    private static ReplayPause pause(String word) {
        return switch (word) {
            case "paused" -> ReplayPause.PAUSED;
            case "pause requested" -> ReplayPause.PAUSE_REQUESTED;
            default -> ReplayPause.NOT_PAUSED;
        };
    }
}
