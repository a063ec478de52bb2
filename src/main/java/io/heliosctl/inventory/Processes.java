package io.heliosctl.inventory;

import io.heliosctl.document.Yaml;
import io.heliosctl.document.Yaml.Entries;
import java.util.List;
import java.util.Set;

/// The processes of one PgBouncer: those listed, each over what `pgbouncer` says, or the single one.
final class Processes {

    private static final Set<String> OWN = Set.of("socket_dir", "service", "pid_file", "config");

    private Processes() {}

    static List<Effective> of(Entries pgbouncer) {
        var shared = Layers.pick(pgbouncer, OWN);
        if (pgbouncer.find("processes").orElse(Layers.NONE) instanceof Yaml.Items listed
                && !listed.items().isEmpty()) {
            return listed.items().stream()
                    .map(process -> new Effective(Layers.over(shared, Layers.entries(process))))
                    .toList();
        }
        return List.of(new Effective(shared));
    }
}
