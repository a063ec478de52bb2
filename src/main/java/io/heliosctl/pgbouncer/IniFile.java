package io.heliosctl.pgbouncer;

import io.heliosctl.model.PoolerState.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A `pgbouncer.ini`, read as PgBouncer reads it (its `cfparser.c` and `loader.c`; manual, "Configuration
/// file"): comments only at the start of a line, no continuation, the last of two equal names wins, and a
/// second section `[pgbouncer]` begins again from the defaults. `%include` is not followed.
///
/// @param databases the connection string of each database, in the file's order
/// @param settings of the section `[pgbouncer]`
record IniFile(Map<String, String> databases, Map<String, String> settings) {

    private static final int DEFAULT_PORT = 5432;

    /// Reads the text; lines that PgBouncer would refuse are left out.
    static IniFile of(String text) {
        var databases = new LinkedHashMap<String, String>();
        var settings = new LinkedHashMap<String, String>();
        var section = "";
        for (var line : text.lines().map(String::strip).toList()) {
            if (line.startsWith("[") && line.indexOf(']') > 0) {
                section = line.substring(1, line.indexOf(']'));
                if (section.equals("pgbouncer")) {
                    settings.clear();
                }
            } else if (!line.isEmpty() && "#;%".indexOf(line.charAt(0)) < 0) {
                var into = switch (section) {
                    case "databases" -> databases;
                    case "pgbouncer" -> settings;
                    default -> new LinkedHashMap<String, String>();
                };
                IniLine.of(line).ifPresent(pair -> into.put(pair.name(), pair.value()));
            }
        }
        return new IniFile(databases, settings);
    }

    /// Where the section `[databases]` leads each database, in PgBouncer's defaults where it does not say: the
    /// local Unix socket, port 5432, and the database of the same name.
    List<Route> routes() {
        var mode = settings.getOrDefault("pool_mode", "session");
        var routes = new ArrayList<Route>();
        databases.forEach((name, connection) -> {
            var words = IniLine.words(connection);
            routes.add(new Route(
                    name,
                    Optional.ofNullable(words.get("host")),
                    port(words.get("port")),
                    words.getOrDefault("dbname", name),
                    words.getOrDefault("pool_mode", mode)));
        });
        return List.copyOf(routes);
    }

    private static int port(String text) {
        return text != null && text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : DEFAULT_PORT;
    }
}
