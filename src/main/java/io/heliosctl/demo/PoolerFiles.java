package io.heliosctl.demo;

import io.heliosctl.control.Rendering;
import io.heliosctl.document.TemplateFolder;
import io.heliosctl.inventory.Inventory;
import io.heliosctl.inventory.Surroundings;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.PoolerName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The text of a PgBouncer's files.
final class PoolerFiles {

    private PoolerFiles() {}

    /// `pgbouncer.ini` as heliosctl itself renders it: from the built-in template and the demo's inventory.
    static String ini(Path inventory, Member pooler, Member primary) {
        var read = Inventory.read(inventory, List.of(), Surroundings.ofProcess());
        var cluster = read.clusters().getFirst();
        var self = cluster.pooler(new PoolerName(pooler.name()));
        return new Rendering(cluster, TemplateFolder.of(Optional.empty(), read.file()))
                .pooler(
                        self,
                        self.pgbouncer().instances().getFirst(),
                        cluster.node(new NodeName(primary.name())),
                        Optional.empty())
                .text();
    }

    /// The console's user is whoever runs PgBouncer; before PgBouncer 1.23 `peer` knows no other names.
    static String hba(Account account) {
        return """
                local   all   %s    peer
                host    all   app   127.0.0.0/8   scram-sha-256
                """.formatted(account.user());
    }

    /// With a `peer` login PgBouncer needs the password itself to log in to PostgreSQL (PgBouncer manual,
    /// "auth_file").
    static String userlist(Account account, String password) {
        return new TreeSet<>(Set.of("app", account.user()))
                .stream().map(role -> "\"" + role + "\" \"" + password + "\"\n").collect(Collectors.joining());
    }
}
