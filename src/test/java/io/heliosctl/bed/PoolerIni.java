package io.heliosctl.bed;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// What is in a pooler's `pgbouncer.ini` when the bed is fresh. A test that wants the program's own template
/// there gives [HostsBed#reset(PoolerIni)] a function that renders it.
@FunctionalInterface
public interface PoolerIni {

    /// The text of the file where clients are to reach that primary.
    String text(BedPooler pooler, BedNode primary);

    /// What the bed writes itself.
    PoolerIni OWN = (pooler, primary) -> {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("listen_addr", "*");
        settings.put("listen_port", Integer.toString(pooler.port()));
        settings.put("unix_socket_dir", BedPooler.SOCKETS);
        settings.put("admin_users", "heliosctl");
        settings.put("pool_mode", "transaction");
        settings.put("server_login_retry", "0.1");
        settings.put("ignore_startup_parameters", "extra_float_digits");
        settings.put("pidfile", "/var/run/postgresql/pgbouncer.pid");
        settings.putAll(settings());
        return "[databases]\napp = host=%s port=%d\n\n[pgbouncer]\n"
                        .formatted(primary.host().address(), BedNode.PORT)
                + settings.entrySet().stream()
                        .map(entry -> entry.getKey() + " = " + entry.getValue() + "\n")
                        .collect(Collectors.joining());
    };

    /// What the site needs beyond a template's own lines; in the inventory under `pgbouncer.settings`.
    static Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("auth_type", "hba");
        settings.put("auth_hba_file", "/etc/pgbouncer/pg_hba.conf");
        settings.put("auth_file", "/etc/pgbouncer/userlist.txt");
        settings.put("logfile", "/var/log/postgresql/pgbouncer.log");
        settings.put("max_client_conn", "200");
        if (Integer.parseInt(BedNode.MAJOR) < 15) {
            // Debian 11 has an init script for it, which tells the process by this file.
            settings.put("pidfile", "/var/run/postgresql/pgbouncer.pid");
        }
        return settings;
    }
}
