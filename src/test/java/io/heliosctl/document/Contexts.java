package io.heliosctl.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the built-in templates see of a cluster of two servers and one PgBouncer.
final class Contexts {

    private Contexts() {}

    /// A map that keeps its order: `map("a", 1, "b", 2)`.
    static Map<String, Object> map(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    static Map<String, Object> server(String name, String host, int port) {
        return map("name", name, "host", host, "port", port);
    }

    static Map<String, Object> shared(Map<String, Object> primary, List<Map<String, Object>> databases) {
        return map(
                "cluster",
                map(
                        "name",
                        "main",
                        "environment",
                        "production",
                        "vars",
                        map(),
                        "databases",
                        new ArrayList<>(databases)),
                "primary",
                primary,
                "nodes",
                List.of(server("pgdb1", "10.0.1.11", 5432), server("pgdb2", "10.0.1.12", 5432)),
                "standbys",
                List.of(server("pgdb2", "10.0.1.12", 5432)),
                "poolers",
                List.of(server("pgb1", "10.0.1.21", 6432)));
    }

    static Map<String, Object> database(String name, Object... options) {
        return map("name", name, "options", map(options));
    }

    static Map<String, Object> pooler(
            boolean isPrimary, int processes, Map<String, Object> settings, List<Map<String, Object>> databases) {
        Map<String, Object> values = shared(server("pgdb1", "10.0.1.11", 5432), databases);
        Map<String, Object> self = server("pgb1", "10.0.1.21", 6432);
        self.putAll(map("socket_dir", "/run/pgbouncer", "pid_file", null, "service", "pgbouncer"));
        self.put("is_primary", isPrimary);
        values.put("this", self);
        values.put("postgres", map("port", 5432, "socket_dir", "/var/run/postgresql", "version", 15));
        values.put("pgbouncer", map("admin", "heliosctl", "settings", settings, "processes", processes));
        return values;
    }

    static Map<String, Object> recovery(Object version) {
        Map<String, Object> values = shared(server("pgdb1", "10.0.1.11", 5432), List.of());
        values.put("this", server("pgdb2", "10.0.1.12", 5432));
        values.put(
                "postgres",
                map("replication_user", "replicator", "database", "postgres", "passfile", null, "version", version));
        values.put("upstream", server("pgdb1", "10.0.1.11", 5432));
        values.put("slot", null);
        values.put("conninfo", map());
        values.put("restore_command", null);
        return values;
    }

    static String render(String template, Map<String, Object> values) {
        return Templates.render(TemplateFolder.builtIn().find(template).source(), values);
    }
}
