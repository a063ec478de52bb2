package io.heliosctl.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.Cluster;
import io.heliosctl.model.Node;
import io.heliosctl.model.Pooler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The example in the repository is a whole inventory, not a sketch.
class ExampleTest {

    private static final Path EXAMPLE = Path.of("inventory.example.yaml");

    private final Inventory inventory = Inventory.read(EXAMPLE, List.of(), Read.HERE);

    @Test
    void namesTheSchemaForEditors() throws IOException {
        assertTrue(Files.readString(EXAMPLE)
                .startsWith("# yaml-language-server: $schema=schemas/inventory.schema.json\n"));
        assertTrue(Files.exists(Path.of("schemas/inventory.schema.json")));
    }

    @Test
    void declaresTheMainCluster() {
        var main = inventory.select(Optional.of("main"), Optional.empty());

        assertEquals("""
                main production {ticket=https://tickets.example.net/main}
                pgdb1 10.0.1.11:5432 priority 50 [] as heliosctl with /home/jane/.ssh/id_ed25519
                pgdb2 10.0.1.12:5432 priority 100 [] as heliosctl with /home/jane/.ssh/id_ed25519
                pgdb3 10.0.2.13:5432 priority 0 [dr] as heliosctl with /home/jane/.ssh/id_ed25519
                pgb1 10.0.1.21:6432 [Instance[socketDir=/var/run/postgresql, service=Optional[pgbouncer], \
                pidFile=Optional.empty, config=/etc/pgbouncer/pgbouncer.ini]]
                pgb2 10.0.1.11:6433 [Instance[socketDir=/var/run/postgresql, service=Optional[pgbouncer], \
                pidFile=Optional.empty, config=/etc/pgbouncer/pgbouncer.ini]]
                [Database[name=app, options={pool_size=40}], Database[name=app_ro, options={dbname=app}]]
                {replicator=File[path=/home/jane/.config/heliosctl/replicator.secret]}
                """, shown(main));
    }

    @Test
    void declaresAClusterWithSeveralProcessesOnOnePort() {
        var reports = inventory.select(Optional.empty(), Optional.of("reports2"));

        assertEquals("reports", reports.name());
        assertEquals(5433, reports.nodes().get(1).postgres().port());
        assertEquals(
                Optional.of("bastion.example.net"),
                reports.nodes().getFirst().ssh().jump());
        assertEquals(
                "[Instance[socketDir=/run/pgbouncer/1, service=Optional[pgbouncer@1], pidFile=Optional.empty, "
                        + "config=/etc/pgbouncer/1.ini], Instance[socketDir=/run/pgbouncer/2, "
                        + "service=Optional[pgbouncer@2], pidFile=Optional.empty, config=/etc/pgbouncer/2.ini]]",
                reports.poolers().getFirst().pgbouncer().instances().toString());
    }

    @Test
    void keepsTheOrderOfPgbouncerSettings() {
        var pooler = inventory.clusters().getFirst().poolers().getFirst();

        assertEquals(
                "{auth_type=scram-sha-256, auth_file=/etc/pgbouncer/userlist.txt, pool_mode=transaction,"
                        + " max_client_conn=500}",
                pooler.pgbouncer().settings().toString());
    }

    private static String shown(Cluster cluster) {
        var text = new StringBuilder();
        text.append(cluster.name())
                .append(' ')
                .append(cluster.environment())
                .append(' ')
                .append(cluster.vars());
        cluster.nodes().forEach(node -> text.append('\n').append(shown(node)));
        cluster.poolers().forEach(pooler -> text.append('\n').append(shown(pooler)));
        text.append('\n').append(cluster.databases()).append('\n').append(cluster.secrets());
        return text.append('\n').toString();
    }

    private static String shown(Node node) {
        return "%s %s:%d priority %d %s as %s with %s"
                .formatted(
                        node.name(),
                        node.host(),
                        node.postgres().port(),
                        node.priority(),
                        node.tags(),
                        node.ssh().user().orElseThrow(),
                        node.ssh().key().orElseThrow());
    }

    private static String shown(Pooler pooler) {
        return "%s %s:%d %s"
                .formatted(
                        pooler.name(),
                        pooler.host(),
                        pooler.pgbouncer().port(),
                        pooler.pgbouncer().instances());
    }
}
