package io.heliosctl.control;

import io.heliosctl.model.Cluster;
import io.heliosctl.model.Node;
import io.heliosctl.model.Pooler;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.pgbouncer.PgbouncerServer;
import io.heliosctl.postgres.ComingBack;
import io.heliosctl.postgres.SudoCommands;
import io.heliosctl.remote.Privilege;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which commands sudo has to allow on which host, and the sudoers file that allows them and nothing else.
public final class Privileges {

    private Privileges() {}

    /// The commands for one node without which a run is refused.
    static List<Privilege> of(Cluster cluster, Node node) {
        return SudoCommands.needed(node, others(cluster, node));
    }

    /// What more it takes to bring a node back that has left its cluster.
    static List<Privilege> toReturn(Cluster cluster, Node node) {
        return ComingBack.privileges(node, others(cluster, node));
    }

    private static List<Node> others(Cluster cluster, Node node) {
        return cluster.nodes().stream()
                .filter(other -> !other.name().equals(node.name()))
                .toList();
    }

    /// The commands for one pooler.
    static List<Privilege> of(Pooler pooler, String loginUser) {
        return PgbouncerServer.privileges(pooler, loginUser);
    }

    /// The text of `/etc/sudoers.d/heliosctl` for one host, or for all hosts of a cluster.
    ///
    /// @param name of a node or pooler; what else runs on its host is included
    /// @throws ProblemException if there is nobody of that name
    public static String sudoers(Cluster cluster, Optional<String> name) {
        var host = name.map(each -> host(cluster, each));
        var privileges = new LinkedHashSet<Privilege>();
        var users = new LinkedHashSet<String>();
        for (var node : cluster.nodes()) {
            if (host.isEmpty() || node.host().equals(host.get())) {
                users.add(node.ssh().user().orElse("heliosctl"));
                privileges.addAll(of(cluster, node));
                privileges.addAll(toReturn(cluster, node));
                privileges.addAll(SudoCommands.further(node));
            }
        }
        for (var pooler : cluster.poolers()) {
            if (host.isEmpty() || pooler.host().equals(host.get())) {
                var user = pooler.ssh().user().orElse("heliosctl");
                users.add(user);
                privileges.addAll(of(pooler, user));
            }
        }
        return text(cluster, name, users, privileges);
    }

    private static String host(Cluster cluster, String name) {
        return cluster.nodes().stream()
                .filter(node -> node.name().value().equals(name))
                .map(Node::host)
                .findFirst()
                .or(() -> cluster.poolers().stream()
                        .filter(pooler -> pooler.name().value().equals(name))
                        .map(Pooler::host)
                        .findFirst())
                .orElseThrow(() -> new ProblemException(Problem.error(
                        "unknown-host", "cluster %s has no node or pooler \"%s\"".formatted(cluster.name(), name))));
    }

    private static String text(Cluster cluster, Optional<String> name, Set<String> users, Set<Privilege> privileges) {
        var text = new StringBuilder();
        text.append("# %s of cluster %s: what heliosctl runs there with sudo, and nothing else.\n"
                .formatted(name.orElse("every host"), cluster.name()));
        text.append("# Install as /etc/sudoers.d/heliosctl, root:root 0440; check with visudo -cf FILE.\n");
        for (var user : users) {
            text.append("Defaults:%s !requiretty, !lecture\n".formatted(user));
            for (var privilege : privileges) {
                if (!privilege.user().equals(user)) {
                    text.append("%s ALL=(%s) NOPASSWD: %s\n".formatted(user, privilege.user(), privilege.inSudoers()));
                }
            }
        }
        return text.toString();
    }
}
