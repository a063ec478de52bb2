package io.heliosctl.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The effective settings of one PgBouncer, which is one process or, with `so_reuseport`, several.
///
/// @param admin the console user (`admin_users` in pgbouncer.ini) heliosctl logs in as, over the Unix socket
/// @param probeDatabase the database the write probe goes to; absent means the cluster's first
/// @param template the template `pgbouncer.ini` is rendered from
/// @param settings further lines for the `[pgbouncer]` section of the built-in template
/// @param instances each process of this PgBouncer; never empty
public record PgbouncerSettings(
        int port,
        String osUser,
        String admin,
        Optional<String> probeDatabase,
        String psql,
        String template,
        Map<String, String> settings,
        List<Instance> instances) {

    public PgbouncerSettings {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        instances = List.copyOf(instances);
        if (instances.isEmpty()) {
            throw new IllegalArgumentException("a PgBouncer has at least one process");
        }
    }

    /// One PgBouncer process, told from its siblings by its Unix socket (PgBouncer manual, "so_reuseport").
    ///
    /// @param service systemd unit; absent means the process is signalled by the PID in `pidFile`
    /// @param config path of its `pgbouncer.ini`
    public record Instance(String socketDir, Optional<String> service, Optional<String> pidFile, String config) {}
}
