package io.heliosctl.inventory;

import io.heliosctl.document.YamlChoice;
import io.heliosctl.inventory.Member.Listed;
import io.heliosctl.inventory.Member.Named;
import io.heliosctl.inventory.Member.Refused;
import io.heliosctl.inventory.Member.Section;
import io.heliosctl.inventory.Member.Setting;
import java.util.List;
import java.util.Map;

/// The shape of an inventory: which keys may stand where.
final class InventoryForm {

    static final Section SSH = Section.of(
            "ssh",
            "How to log in.",
            Keys.SSH_USER,
            Keys.SSH_PORT,
            Keys.SSH_KEY,
            Keys.SSH_KNOWN_HOSTS,
            Keys.SSH_JUMP,
            Keys.SSH_CONFIG,
            Keys.SSH_CONNECT_TIMEOUT,
            new Refused("password", "Log in with a key, an agent or a certificate."));

    static final Section POSTGRES = Section.of(
            "postgres",
            "One PostgreSQL server.",
            Keys.PORT,
            Keys.SERVICE,
            Keys.DATA_DIR,
            Keys.BIN_DIR,
            Keys.SOCKET_DIR,
            Keys.CONFIG_FILE,
            Keys.LOG_FILE,
            Keys.OS_USER_NAME,
            Keys.DATABASE_ROLE,
            Keys.DATABASE,
            Keys.REPLICATION_USER,
            Keys.CONNECT,
            Keys.ROOT_CERT,
            Keys.PASSFILE,
            Keys.RESTORE_COMMAND,
            Keys.CONNINFO,
            new Refused("version", "The version is read from the server."),
            new Refused("password", "Say under \"secrets\" where it is read from."));

    static final Section FENCE = Section.of(
            "fence",
            "The site's own way to make sure that a lost primary's host cannot write, such as cutting its power.",
            Keys.FENCE_COMMAND,
            Keys.FENCE_CHECK,
            Keys.FENCE_TIMEOUT);

    static final Listed PROCESSES = new Listed(
            "processes",
            "The processes of a PgBouncer that runs several on one port (so_reuseport). Each key left out is taken from "
                    + "pgbouncer; without the list there is one process.",
            Section.of(
                    "process",
                    "One process.",
                    PoolerKeys.SOCKET_DIR,
                    PoolerKeys.SERVICE,
                    PoolerKeys.PID_FILE,
                    PoolerKeys.CONFIG));

    static final Section PGBOUNCER = Section.of(
            "pgbouncer",
            "One PgBouncer.",
            PoolerKeys.PORT,
            PoolerKeys.SERVICE,
            PoolerKeys.PID_FILE,
            PoolerKeys.OS_USER,
            PoolerKeys.SOCKET_DIR,
            PoolerKeys.ADMIN,
            PoolerKeys.CONFIG,
            PoolerKeys.TEMPLATE,
            PoolerKeys.PSQL,
            PoolerKeys.PROBE_DATABASE,
            PoolerKeys.SETTINGS,
            PROCESSES,
            new Refused("password", "The console is reached through the Unix socket, without a password."));

    private static final Refused ROLE =
            new Refused("role", "Who is primary is a fact, read from the servers; it is not in the inventory.");

    static final Section NODE = Section.of(
            "node",
            "One PostgreSQL server of the cluster.",
            Keys.HOST_ADDRESS,
            Keys.PRIORITY,
            Keys.TAGS,
            SSH,
            POSTGRES,
            FENCE,
            ROLE,
            new Refused("primary", ROLE.help()),
            new Refused("port", "Write it as postgres.port or ssh.port."),
            new Refused("pgbouncer", "A PgBouncer is listed under \"poolers\", where it may have the same host."));

    static final Section POOLER = Section.of(
            "pooler",
            "One PgBouncer in front of the cluster.",
            Keys.HOST_ADDRESS,
            SSH,
            PGBOUNCER,
            new Refused("port", "Write it as pgbouncer.port or ssh.port."));

    static final Named SECRETS =
            new Named("secrets", "Where to read secrets, never what they are.", Words.NAME, SecretKeys.SECRET, false);

    static final Named NODES =
            new Named("nodes", "The PostgreSQL servers by name; a name is unique in the file.", Words.NAME, NODE, true);

    static final Named POOLERS =
            new Named("poolers", "The PgBouncers by name; a name is unique in the file.", Words.NAME, POOLER, false);

    /// What both `defaults` and a cluster may hold.
    static final Section SETTINGS = Section.of(
            "defaults",
            "What counts for every cluster unless it says otherwise.",
            Keys.ENVIRONMENT,
            Keys.VARS,
            SSH,
            POSTGRES,
            FENCE,
            PGBOUNCER);

    static final Section CLUSTER = Section.of(
            "cluster",
            "One PostgreSQL cluster: a primary, its standbys, and the poolers in front of them.",
            Keys.ENVIRONMENT,
            Keys.VARS,
            SSH,
            POSTGRES,
            FENCE,
            PGBOUNCER,
            NODES,
            POOLERS,
            new Listed("databases", "The databases clients reach through the poolers.", DatabaseKeys.DATABASE),
            SECRETS,
            new Refused("primary", ROLE.help()));

    static final Section DOCUMENT = Section.of(
            "inventory",
            "An inventory of heliosctl.",
            Setting.of("version", new YamlChoice<>(Map.of("1", 1), List.of("1")), "The version of this format.")
                    .must(),
            SETTINGS,
            SECRETS,
            new Named("clusters", "The clusters by name.", Words.NAME, CLUSTER, true));

    private InventoryForm() {}
}
