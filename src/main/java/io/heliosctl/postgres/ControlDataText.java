package io.heliosctl.postgres;

import io.heliosctl.model.ControlData;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.SystemId;
import io.heliosctl.model.Timeline;
import java.util.HashMap;
import java.util.Map;

/// Reads what `pg_controldata` prints with `LC_ALL=C`.
final class ControlDataText {

    private final Map<String, String> lines = new HashMap<>();

    private ControlDataText(String text) {
        text.lines()
                .map(line -> line.split(":", 2))
                .filter(parts -> parts.length == 2)
                .forEach(parts -> lines.put(parts[0].strip(), parts[1].strip()));
    }

    /// Reads all of it.
    ///
    /// @throws ProblemException if the text is not whole: another language, or read in the middle of a write
    static ControlData parse(String text) {
        if (text.contains("WARNING: ")) {
            throw unreadable("pg_controldata warns: " + text.lines().findFirst().orElse(""));
        }
        var data = new ControlDataText(text);
        try {
            return new ControlData(
                    new SystemId(data.value("Database system identifier")),
                    data.value("Database cluster state"),
                    Lsn.parse(data.value("Latest checkpoint location")),
                    new Timeline(Integer.parseInt(data.value("Latest checkpoint's TimeLineID"))),
                    !data.value("Data page checksum version").equals("0"),
                    data.value("wal_log_hints setting").equals("on"));
        } catch (IllegalArgumentException e) {
            throw unreadable(e.getMessage());
        }
    }

    /// The later one of "Latest checkpoint location" and "Minimum recovery ending location".
    static Lsn endOfWal(String text) {
        var data = new ControlDataText(text);
        var checkpoint = Lsn.parse(data.value("Latest checkpoint location"));
        var minimum = Lsn.parse(data.value("Minimum recovery ending location"));
        return minimum.isPast(checkpoint) ? minimum : checkpoint;
    }

    private String value(String name) {
        var value = lines.get(name);
        if (value == null) {
            throw unreadable("It printed no \"%s\".".formatted(name));
        }
        return value;
    }

    private static ProblemException unreadable(String detail) {
        return new ProblemException(Problem.error("control-data", "what pg_controldata prints is not understood")
                .detail(detail));
    }
}
