package io.heliosctl.control;

import io.heliosctl.model.Cluster;
import io.heliosctl.model.Database;
import io.heliosctl.model.Node;
import io.heliosctl.model.PgbouncerSettings;
import io.heliosctl.model.Pooler;
import io.heliosctl.model.PostgresSettings;
import io.heliosctl.model.ServerVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a template sees: plain values only, and nothing that differs between two renderings of the same
/// cluster.
public final class TemplateContext {

    private TemplateContext() {}

    /// What runbooks see of a cluster.
    public static Map<String, Object> cluster(Cluster cluster) {
        var values = new LinkedHashMap<String, Object>();
        values.put("name", cluster.name());
        values.put("environment", cluster.environment());
        values.put("vars", cluster.vars());
        values.put(
                "databases",
                cluster.databases().stream().map(TemplateContext::database).toList());
        return values;
    }

    /// What pgbouncer.ini.j2 sees.
    ///
    /// @param version of the primary; absent where it is not known
    static Map<String, Object> pooler(
            Cluster cluster,
            Pooler pooler,
            PgbouncerSettings.Instance instance,
            Node primary,
            Optional<ServerVersion> version) {
        var values = shared(cluster, primary);
        var self = new LinkedHashMap<String, Object>();
        self.put("name", pooler.name().value());
        self.put("host", pooler.host());
        self.put("port", pooler.pgbouncer().port());
        self.put("socket_dir", instance.socketDir());
        self.put("config", instance.config());
        self.put("pid_file", instance.pidFile().orElse(null));
        self.put("service", instance.service().orElse(null));
        self.put("is_primary", pooler.host().equals(primary.host()));
        values.put("this", self);
        values.put("postgres", postgres(primary.postgres(), version));
        values.put("pgbouncer", pgbouncer(pooler.pgbouncer()));
        return values;
    }

    /// What recovery.conf.j2 sees.
    ///
    /// @param slot the replication slot to use on the upstream; absent for none
    /// @param conninfo further parameters of `primary_conninfo`
    /// @param restoreCommand rendered already
    static Map<String, Object> recovery(
            Cluster cluster,
            Node node,
            Node upstream,
            Optional<String> slot,
            Map<String, String> conninfo,
            Optional<String> restoreCommand,
            ServerVersion version) {
        var values = shared(cluster, upstream);
        var self = new LinkedHashMap<String, Object>(
                server(node.name().value(), node.host(), node.postgres().port()));
        self.put("is_primary", false);
        values.put("this", self);
        values.put("postgres", postgres(node.postgres(), Optional.of(version)));
        values.put(
                "upstream",
                server(
                        upstream.name().value(),
                        upstream.host(),
                        upstream.postgres().port()));
        values.put("slot", slot.orElse(null));
        values.put("conninfo", conninfo);
        values.put("restore_command", restoreCommand.orElse(null));
        return values;
    }

    private static Map<String, Object> shared(Cluster cluster, Node primary) {
        var values = new LinkedHashMap<String, Object>();
        values.put("cluster", cluster(cluster));
        values.put(
                "primary",
                server(
                        primary.name().value(),
                        primary.host(),
                        primary.postgres().port()));
        values.put(
                "nodes", cluster.nodes().stream().map(TemplateContext::server).toList());
        values.put(
                "standbys",
                cluster.nodes().stream()
                        .filter(node -> !node.name().equals(primary.name()))
                        .map(TemplateContext::server)
                        .toList());
        values.put(
                "poolers",
                cluster.poolers().stream()
                        .map(pooler -> server(
                                pooler.name().value(),
                                pooler.host(),
                                pooler.pgbouncer().port()))
                        .toList());
        return values;
    }

    private static Map<String, Object> server(Node node) {
        return server(node.name().value(), node.host(), node.postgres().port());
    }

    private static Map<String, Object> server(String name, String host, int port) {
        var values = new LinkedHashMap<String, Object>();
        values.put("name", name);
        values.put("host", host);
        values.put("port", port);
        return values;
    }

    private static Map<String, Object> database(Database database) {
        var values = new LinkedHashMap<String, Object>();
        values.put("name", database.name());
        values.put("options", database.options());
        return values;
    }

    private static Map<String, Object> postgres(PostgresSettings settings, Optional<ServerVersion> version) {
        var values = new LinkedHashMap<String, Object>();
        values.put("port", settings.port());
        values.put("data_dir", settings.dataDir());
        values.put("bin_dir", settings.binDir());
        values.put("socket_dir", settings.socketDir());
        values.put("os_user", settings.osUser());
        values.put("role", settings.role());
        values.put("database", settings.database());
        values.put("replication_user", settings.replicationUser());
        values.put("passfile", settings.passfile().orElse(null));
        values.put("version", version.map(TemplateContext::number).orElse(null));
        return values;
    }

    /// 15 for 15.18, 9.6 for 9.6.24.
    private static Object number(ServerVersion version) {
        var major = version.major();
        return major.contains(".") ? (Object) Double.valueOf(major) : (Object) Integer.valueOf(major);
    }

    private static Map<String, Object> pgbouncer(PgbouncerSettings settings) {
        var values = new LinkedHashMap<String, Object>();
        values.put("port", settings.port());
        values.put("os_user", settings.osUser());
        values.put("admin", settings.admin());
        values.put("settings", settings.settings());
        values.put("processes", List.copyOf(settings.instances()).size());
        return values;
    }
}
