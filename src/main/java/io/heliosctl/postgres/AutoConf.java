package io.heliosctl.postgres;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Puts settings into the text of `postgresql.auto.conf`. Of a name written twice the last one counts, so that
/// is the one replaced; every other line stays as it is, byte for byte.
final class AutoConf {

    /// What a recovery.conf or its successors may hold (PostgreSQL manual, "Archive Recovery", "Standby
    /// Servers").
    static final String RECOVERY_NAMES = "(primary_|recovery_|wal_receiver_|max_standby_|hot_standby)[A-Za-z0-9_]*"
            + "|restore_command|archive_cleanup_command|promote_trigger_file|trigger_file"
            + "|wal_retrieve_retry_interval|sync_replication_slots";

    private static final Pattern RECOVERY = Pattern.compile(RECOVERY_NAMES);

    private AutoConf() {}

    static String merge(String existing, Map<String, String> settings) {
        var lines = new ArrayList<>(List.of(existing.split("(?<=\n)")));
        var last = new HashMap<String, Integer>();
        for (var i = 0; i < lines.size(); i++) {
            if (ConfigLine.read(content(lines.get(i))) instanceof ConfigLine.Setting setting) {
                last.put(setting.name(), i);
            }
        }
        for (var setting : settings.entrySet()) {
            var place = last.get(setting.getKey());
            var line = ConfigLine.write(setting.getKey(), setting.getValue());
            if (place != null) {
                replace(lines, place, setting.getValue(), line);
            } else {
                endLastLine(lines);
                lines.add(line + "\n");
            }
        }
        return String.join("", lines);
    }

    /// Whether two such texts agree in everything but what makes a server a standby.
    static boolean differOnlyInRecovery(String one, String other) {
        return withoutRecovery(one).equals(withoutRecovery(other));
    }

    private static List<String> withoutRecovery(String text) {
        return text.lines()
                .filter(line -> !(ConfigLine.read(line) instanceof ConfigLine.Setting setting
                        && RECOVERY.matcher(setting.name()).matches()))
                .toList();
    }

    /// A line that says the same already is left alone, whatever its spelling.
    private static void replace(List<String> lines, int place, String value, String line) {
        var old = lines.get(place);
        if (!(ConfigLine.read(content(old)) instanceof ConfigLine.Setting same
                && same.value().equals(value))) {
            lines.set(place, line + old.substring(content(old).length()));
        }
    }

    private static void endLastLine(List<String> lines) {
        var last = lines.getLast();
        if (!last.isEmpty() && !last.endsWith("\n")) {
            lines.set(lines.size() - 1, last + "\n");
        }
    }

    private static String content(String line) {
        var end = line.length();
        while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
            end--;
        }
        return line.substring(0, end);
    }
}
