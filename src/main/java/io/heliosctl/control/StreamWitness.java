package io.heliosctl.control;

import io.heliosctl.model.Sighting;
import io.heliosctl.model.Sighting.Answer;
import io.heliosctl.model.Sighting.Way;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What a standby's walreceiver tells of its primary. A message that came while it was watched proves that the
/// primary lives. That none came means something only where one was due: a primary that writes nothing sends
/// nothing, until the walreceiver asks for an answer, which it does once it has waited for half of
/// `wal_receiver_timeout` (source of PostgreSQL, `WalReceiverMain`). A walreceiver whose primary has lost its
/// power says "streaming" for as long as that.
record StreamWitness(String observer) {

    /// The row that [#judged] takes; none if there is no walreceiver.
    static final String QUERY = """
            select status, sender_host,
              (extract(epoch from clock_timestamp() - last_msg_receipt_time) * 1000)::bigint as age_ms,
              (select setting::bigint from pg_settings where name = 'wal_receiver_timeout') as timeout_ms
            from pg_stat_wal_receiver""";

    /// How long a primary that lives may take to answer.
    private static final Duration ANSWER = Duration.ofSeconds(5);

    Sighting none() {
        return sighting(Answer.SILENT, "no walreceiver");
    }

    Sighting unknown(String why) {
        return sighting(Answer.UNKNOWN, why);
    }

    /// What its last look says.
    ///
    /// @param watched how long before that it was first looked at
    Sighting judged(Map<String, Object> row, Duration watched) {
        var status = Objects.toString(row.get("status"), "");
        var age = number(row, "age_ms");
        if (status.equals("starting")) {
            return sighting(Answer.SILENT, "its walreceiver cannot connect");
        }
        if (!status.equals("streaming") || age.isEmpty()) {
            return unknown("its walreceiver is \"%s\"".formatted(status));
        }
        var seconds = "last message %d s ago".formatted(age.get() / 1000);
        if (age.get() < watched.toMillis()) {
            return sighting(Answer.ALIVE, seconds);
        }
        var due = number(row, "timeout_ms").filter(timeout -> timeout > 0).map(timeout -> timeout / 2);
        return due.filter(time -> age.get() > time + ANSWER.toMillis()).isPresent()
                ? sighting(Answer.SILENT, seconds + ", and it was asked for one")
                : sighting(Answer.UNKNOWN, seconds + "; none was due");
    }

    private static Optional<Long> number(Map<String, Object> row, String name) {
        return Optional.ofNullable(row.get(name)).map(Objects::toString).map(Long::valueOf);
    }

    private Sighting sighting(Answer answer, String detail) {
        return new Sighting(observer, Way.STREAM, answer, detail);
    }
}
