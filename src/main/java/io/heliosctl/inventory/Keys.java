package io.heliosctl.inventory;

import static io.heliosctl.inventory.Words.HOST;
import static io.heliosctl.inventory.Words.LINE;
import static io.heliosctl.inventory.Words.LOCAL_PATH;
import static io.heliosctl.inventory.Words.NAME;
import static io.heliosctl.inventory.Words.OS_USER;
import static io.heliosctl.inventory.Words.PATH;
import static io.heliosctl.inventory.Words.ROLE;
import static io.heliosctl.inventory.Words.UNIT;
import static io.heliosctl.inventory.Words.VALUE;
import static io.heliosctl.inventory.Words.WORD;

import io.heliosctl.document.YamlAny;
import io.heliosctl.document.YamlChoice;
import io.heliosctl.document.YamlDuration;
import io.heliosctl.document.YamlList;
import io.heliosctl.document.YamlMap;
import io.heliosctl.document.YamlText;
import io.heliosctl.document.YamlWhole;
import io.heliosctl.inventory.Member.Setting;
import io.heliosctl.model.PostgresSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Every value an inventory may hold: its type, what it means, and what counts if nobody writes it.
final class Keys {

    static final YamlWhole PORT_NUMBER = new YamlWhole(1, 65535);

    static final Setting<String> HOST_ADDRESS = Setting.of(
                    "host",
                    HOST,
                    "Where the servers and poolers reach it, and SSH unless ~/.ssh/config says otherwise.")
            .must();

    static final Setting<Integer> PRIORITY = Setting.of(
                    "priority",
                    new YamlWhole(0, 1000),
                    "The higher is preferred among equally advanced standbys; 0 is never promoted.")
            .builtIn("50");
    static final Setting<List<String>> TAGS =
            Setting.of("tags", new YamlList<>(WORD), "Words of your own, such as dr.");

    static final Setting<String> ENVIRONMENT = Setting.of(
                    "environment", WORD, "In production, dangerous commands ask for the cluster's name.")
            .builtIn("production");
    static final Setting<Map<String, Object>> VARS =
            Setting.of("vars", new YamlMap<>(NAME, new YamlAny()), "Values for your own templates and runbooks.");

    static final Setting<String> SSH_USER = Setting.of(
                    "user", Words.SSH_USER, "The login user; without it ~/.ssh/config decides, then your own name.")
            .orNull();
    static final Setting<Integer> SSH_PORT = Setting.of(
                    "port", PORT_NUMBER, "The SSH port; without it ~/.ssh/config decides, then 22.")
            .orNull();
    static final Setting<String> SSH_KEY = Setting.of(
                    "key", LOCAL_PATH, "A private key; without it ~/.ssh/config, ssh-agent and the usual files.")
            .orNull();
    static final Setting<String> SSH_KNOWN_HOSTS = Setting.of(
                    "known_hosts", LOCAL_PATH, "The host keys to trust. There is no switch to trust others.")
            .builtIn("~/.ssh/known_hosts");
    static final Setting<String> SSH_JUMP = Setting.of("jump", Words.JUMP, "Another host to go through, as in ssh -J.")
            .orNull();
    static final Setting<String> SSH_CONFIG = Setting.of(
                    "config", LOCAL_PATH, "The OpenSSH client configuration to honour; null reads none.")
            .builtIn("~/.ssh/config")
            .orNull();
    static final Setting<Duration> SSH_CONNECT_TIMEOUT = Setting.of(
                    "connect_timeout", new YamlDuration(), "How long a host may take to let heliosctl in.")
            .builtIn("5s");

    static final Setting<Integer> PORT = Setting.of("port", PORT_NUMBER, "The port, also part of the socket's name.")
            .builtIn("5432");
    static final Setting<String> SERVICE = Setting.of(
                    "service",
                    UNIT,
                    "The systemd unit, such as postgresql@15-main; without it pg_ctl starts and stops.")
            .orNull();
    static final Setting<String> DATA_DIR =
            Setting.of("data_dir", PATH, "The data directory (SHOW data_directory). Needed for every node.");
    static final Setting<String> BIN_DIR = Setting.of(
            "bin_dir",
            PATH,
            "Where pg_ctl and pg_controldata of this version are (pg_config --bindir). Needed for every node.");
    static final Setting<String> SOCKET_DIR = Setting.of("socket_dir", Words.SOCKET_DIR, "Where the Unix socket is.")
            .builtIn("/var/run/postgresql");
    static final Setting<String> CONFIG_FILE = Setting.of(
                    "config_file", PATH, "postgresql.conf where it is outside the data directory; pg_ctl needs it.")
            .orNull();
    static final Setting<String> LOG_FILE = Setting.of("log_file", PATH, "Where pg_ctl sends the server's output.")
            .orNull();
    static final Setting<String> OS_USER_NAME = Setting.of(
                    "os_user", OS_USER, "The operating system user that owns it.")
            .builtIn("postgres");
    static final Setting<String> DATABASE_ROLE = Setting.of(
                    "role", ROLE, "The database role heliosctl logs in as, by peer.")
            .builtIn("heliosctl");
    static final Setting<String> DATABASE =
            Setting.of("database", ROLE, "The database heliosctl connects to.").builtIn("postgres");
    static final Setting<String> REPLICATION_USER = Setting.of(
                    "replication_user", ROLE, "The role standbys stream with.")
            .builtIn("replicator");
    static final Setting<PostgresSettings.Connect> CONNECT = Setting.of(
                    "connect",
                    YamlChoice.of(PostgresSettings.Connect.class),
                    "socket: through SSH to the Unix socket; tcp: directly, with verified TLS and a password.")
            .builtIn("socket");
    static final Setting<String> ROOT_CERT = Setting.of(
                    "root_cert",
                    LOCAL_PATH,
                    "With connect: tcp, the certificates to trust; without it ~/.postgresql/root.crt.")
            .orNull();
    static final Setting<String> PASSFILE = Setting.of(
                    "passfile", PATH, "A password file on the hosts, for primary_conninfo.")
            .orNull();
    static final Setting<String> RESTORE_COMMAND = Setting.of(
                    "restore_command", LINE, "A template for restore_command on standbys.")
            .orNull();
    static final Setting<Map<String, String>> CONNINFO = Setting.of(
            "conninfo",
            new YamlMap<>(
                    new YamlText("a connection parameter that heliosctl does not write itself", conninfoName())
                            .hint(
                                    "host, port, user and passfile come from the inventory; a password belongs in passfile."),
                    VALUE),
            "Further parameters for primary_conninfo, such as sslmode.");

    static final Setting<List<String>> FENCE_COMMAND = Setting.of(
            "command",
            new YamlList<>(LINE),
            "Run here, without a shell; told by HELIOSCTL_CLUSTER, HELIOSCTL_NODE and HELIOSCTL_HOST which host it is.");
    static final Setting<List<String>> FENCE_CHECK =
            Setting.of("check", new YamlList<>(LINE), "Run here after it; status 0 says that the host is off now.");
    static final Setting<Duration> FENCE_TIMEOUT = Setting.of(
                    "timeout", new YamlDuration(), "How long each of the two may take.")
            .builtIn("60s");

    private Keys() {}

    /// What libpq takes and heliosctl does not fill in (PostgreSQL manual, "Parameter Key Words").
    private static String conninfoName() {
        return "(?!(?:host|hostaddr|port|user|password|passfile|service)$)[a-z][a-z0-9_]{0,62}";
    }
}
