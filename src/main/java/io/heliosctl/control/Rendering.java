package io.heliosctl.control;

import io.heliosctl.document.TemplateFolder;
import io.heliosctl.document.TemplateSource;
import io.heliosctl.document.Templates;
import io.heliosctl.model.Bytes;
import io.heliosctl.model.Cluster;
import io.heliosctl.model.Node;
import io.heliosctl.model.PgbouncerSettings;
import io.heliosctl.model.Pooler;
import io.heliosctl.model.ServerVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Renders the configuration files of a cluster from its templates.
public final class Rendering {

    private static final String RECOVERY = "recovery.conf.j2";

    private final Cluster cluster;
    private final TemplateFolder templates;

    public Rendering(Cluster cluster, TemplateFolder templates) {
        this.cluster = cluster;
        this.templates = templates;
    }

    /// The pgbouncer.ini of one process, leading to a primary.
    ///
    /// @param version of the primary, where it is known
    /// @throws io.heliosctl.model.InvalidDocumentException if the template is wrong
    public Bytes pooler(
            Pooler pooler, PgbouncerSettings.Instance instance, Node primary, Optional<ServerVersion> version) {
        var source = templates.find(pooler.pgbouncer().template()).source();
        return Bytes.of(Templates.render(source, TemplateContext.pooler(cluster, pooler, instance, primary, version)));
    }

    /// What makes a server follow another, in the form of a recovery.conf.
    ///
    /// @param slot the replication slot to use there
    /// @param password for replication, where it is not in a password file
    /// @throws io.heliosctl.model.InvalidDocumentException if the template is wrong
    public String recovery(
            Node node, Node upstream, Optional<String> slot, ServerVersion version, Map<String, String> password) {
        var conninfo = new LinkedHashMap<String, String>(node.postgres().conninfo());
        conninfo.putAll(password);
        var context = TemplateContext.recovery(cluster, node, upstream, slot, conninfo, Optional.empty(), version);
        var restore = node.postgres()
                .restoreCommand()
                .map(text ->
                        Templates.render(new TemplateSource("restore_command of " + node.name(), text, 1), context));
        var values = new LinkedHashMap<>(context);
        values.put("restore_command", restore.orElse(null));
        return Templates.render(templates.find(RECOVERY).source(), values);
    }

    /// Where the template of a pooler was found.
    public String origin(Pooler pooler) {
        return templates.find(pooler.pgbouncer().template()).where();
    }
}
