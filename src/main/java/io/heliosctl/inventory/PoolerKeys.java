package io.heliosctl.inventory;

import io.heliosctl.document.YamlMap;
import io.heliosctl.inventory.Member.Setting;
import java.util.Map;

/// The values of `pgbouncer:`.
final class PoolerKeys {

    static final Setting<Integer> PORT =
            Setting.of("port", Keys.PORT_NUMBER, "The port clients use.").builtIn("6432");
    static final Setting<String> SERVICE = Setting.of(
                    "service", Words.UNIT, "The systemd unit, such as pgbouncer; without it pid_file is needed.")
            .orNull();
    static final Setting<String> PID_FILE = Setting.of(
                    "pid_file", Words.PATH, "Whose process is signalled where there is no service.")
            .orNull();
    static final Setting<String> OS_USER = Setting.of("os_user", Words.OS_USER, "The operating system user it runs as.")
            .builtIn("postgres");
    static final Setting<String> SOCKET_DIR = Setting.of("socket_dir", Words.SOCKET_DIR, "Where the Unix socket is.")
            .builtIn("/var/run/postgresql");
    static final Setting<String> ADMIN = Setting.of(
                    "admin", Words.ROLE, "The console user (admin_users in pgbouncer.ini).")
            .builtIn("heliosctl");
    static final Setting<String> CONFIG =
            Setting.of("config", Words.PATH, "Its pgbouncer.ini.").builtIn("/etc/pgbouncer/pgbouncer.ini");
    static final Setting<String> TEMPLATE = Setting.of(
                    "template", Words.TEMPLATE, "The template pgbouncer.ini is rendered from.")
            .builtIn("pgbouncer.ini.j2");
    static final Setting<String> PSQL = Setting.of("psql", Words.PATH, "A psql on the pooler's host, for the console.")
            .builtIn("/usr/bin/psql");
    static final Setting<String> PROBE_DATABASE = Setting.of(
                    "probe_database",
                    Words.ROLE,
                    "Where the write probe goes; without it the cluster's first database.")
            .orNull();
    static final Setting<Map<String, String>> SETTINGS = Setting.of(
            "settings",
            new YamlMap<>(Words.SETTING, Words.VALUE),
            "Further lines for the [pgbouncer] section of the built-in template, in this order.");

    private PoolerKeys() {}
}
