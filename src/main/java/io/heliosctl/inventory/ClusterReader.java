package io.heliosctl.inventory;

import io.heliosctl.document.Yaml;
import io.heliosctl.document.Yaml.Entries;
import io.heliosctl.inventory.ClusterTree.Host;
import io.heliosctl.model.Cluster;
import io.heliosctl.model.Database;
import io.heliosctl.model.FenceCommands;
import io.heliosctl.model.Node;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.PgbouncerSettings;
import io.heliosctl.model.Pooler;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.PostgresSettings;
import io.heliosctl.model.SecretSource;
import io.heliosctl.model.SshSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes the records of a cluster from a tree in which nothing is wrong.
record ClusterReader(Surroundings here) {

    Cluster read(ClusterTree tree) {
        var settings = new Effective(tree.settings());
        return new Cluster(
                tree.name().value(),
                settings.value(Keys.ENVIRONMENT),
                settings.find(Keys.VARS).orElse(Map.of()),
                tree.nodes().stream().map(this::node).toList(),
                tree.poolers().stream().map(this::pooler).toList(),
                databases(tree.settings()),
                secrets(Layers.section(tree.settings(), "secrets")));
    }

    private Node node(Host host) {
        var effective = new Effective(host.tree());
        return new Node(
                new NodeName(host.name().value()),
                effective.value(Keys.HOST_ADDRESS),
                effective.value(Keys.PRIORITY),
                effective.find(Keys.TAGS).orElse(List.of()),
                ssh(effective.section("ssh")),
                postgres(effective.section("postgres")),
                fence(effective.section("fence")));
    }

    private static Optional<FenceCommands> fence(Effective fence) {
        return fence.find(Keys.FENCE_COMMAND)
                .filter(words -> !words.isEmpty())
                .map(words -> new FenceCommands(
                        words, fence.find(Keys.FENCE_CHECK).orElse(List.of()), fence.value(Keys.FENCE_TIMEOUT)));
    }

    private Pooler pooler(Host host) {
        var effective = new Effective(host.tree());
        return new Pooler(
                new PoolerName(host.name().value()),
                effective.value(Keys.HOST_ADDRESS),
                ssh(effective.section("ssh")),
                pgbouncer(effective.section("pgbouncer")));
    }

    private SshSettings ssh(Effective ssh) {
        return new SshSettings(
                ssh.find(Keys.SSH_USER),
                ssh.find(Keys.SSH_PORT),
                ssh.find(Keys.SSH_KEY).map(here::path),
                here.path(ssh.value(Keys.SSH_KNOWN_HOSTS)),
                ssh.find(Keys.SSH_JUMP),
                ssh.find(Keys.SSH_CONFIG).map(here::path),
                ssh.value(Keys.SSH_CONNECT_TIMEOUT));
    }

    private PostgresSettings postgres(Effective postgres) {
        return new PostgresSettings(
                postgres.value(Keys.PORT),
                postgres.find(Keys.SERVICE),
                postgres.value(Keys.DATA_DIR),
                postgres.value(Keys.BIN_DIR),
                postgres.value(Keys.SOCKET_DIR),
                postgres.find(Keys.CONFIG_FILE),
                postgres.find(Keys.LOG_FILE),
                postgres.value(Keys.OS_USER_NAME),
                postgres.value(Keys.DATABASE_ROLE),
                postgres.value(Keys.DATABASE),
                postgres.value(Keys.REPLICATION_USER),
                postgres.value(Keys.CONNECT),
                postgres.find(Keys.ROOT_CERT).map(here::path),
                postgres.find(Keys.PASSFILE),
                postgres.find(Keys.RESTORE_COMMAND),
                postgres.find(Keys.CONNINFO).orElse(Map.of()));
    }

    private static PgbouncerSettings pgbouncer(Effective pgbouncer) {
        return new PgbouncerSettings(
                pgbouncer.value(PoolerKeys.PORT),
                pgbouncer.value(PoolerKeys.OS_USER),
                pgbouncer.value(PoolerKeys.ADMIN),
                pgbouncer.find(PoolerKeys.PROBE_DATABASE),
                pgbouncer.value(PoolerKeys.PSQL),
                pgbouncer.value(PoolerKeys.TEMPLATE),
                pgbouncer.find(PoolerKeys.SETTINGS).orElse(Map.of()),
                Processes.of(pgbouncer.tree()).stream()
                        .map(ClusterReader::instance)
                        .toList());
    }

    private static PgbouncerSettings.Instance instance(Effective process) {
        return new PgbouncerSettings.Instance(
                process.value(PoolerKeys.SOCKET_DIR),
                process.find(PoolerKeys.SERVICE),
                process.find(PoolerKeys.PID_FILE),
                process.value(PoolerKeys.CONFIG));
    }

    private static List<Database> databases(Entries settings) {
        return Databases.of(settings).stream()
                .map(Layers::entries)
                .map(database -> new Database(new Effective(database).value(DatabaseKeys.NAME), options(database)))
                .toList();
    }

    /// As written: PgBouncer reads them as text, so no number is ever made of them.
    private static Map<String, String> options(Entries database) {
        var options = new LinkedHashMap<String, String>();
        for (var entry : database.entries()) {
            if (!entry.name().equals(DatabaseKeys.NAME.name())
                    && entry.value() instanceof Yaml.Text text
                    && !text.isNull()) {
                options.put(entry.name(), text.value());
            }
        }
        return options;
    }

    private Map<String, SecretSource> secrets(Entries secrets) {
        var sources = new LinkedHashMap<String, SecretSource>();
        secrets.entries()
                .forEach(entry -> sources.put(entry.name(), source(new Effective(Layers.entries(entry.value())))));
        return sources;
    }

    private SecretSource source(Effective secret) {
        return secret.find(SecretKeys.FILE)
                .map(path -> (SecretSource) new SecretSource.File(here.path(path)))
                .or(() -> secret.find(SecretKeys.ENV).map(SecretSource.Environment::new))
                .or(() -> secret.find(SecretKeys.COMMAND).map(SecretSource.Command::new))
                .orElseGet(() -> new SecretSource.Prompt(secret.value(SecretKeys.PROMPT)));
    }
}
