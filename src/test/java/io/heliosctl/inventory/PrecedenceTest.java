package io.heliosctl.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.model.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Lowest first: built in, defaults, cluster, host, `--set`.
class PrecedenceTest {

    private static final String TEXT = """
            version: 1
            defaults:
              ssh: { user: from_defaults, jump: bastion }
              postgres:
                data_dir: /defaults
                bin_dir: /defaults
                service: postgresql@15-main
                conninfo: { sslmode: require, connect_timeout: 3 }
              pgbouncer:
                service: pgbouncer
                settings: { pool_mode: session, max_client_conn: 100 }
            clusters:
              main:
                ssh: { user: from_cluster }
                postgres: { port: 5433, conninfo: { sslmode: verify-full } }
                pgbouncer: { settings: { max_client_conn: 500, so_reuseport: 1 } }
                nodes:
                  pgdb1: { host: 10.0.1.11 }
                  pg.db.2:
                    host: 10.0.1.12
                    tags: [dr, slow]
                    ssh: { user: from_host, jump: null }
                    postgres: { service: null, port: 5434, conninfo: { connect_timeout: null } }
                poolers:
                  pgb1: { host: 10.0.1.21, pgbouncer: { settings: { pool_mode: transaction } } }
                databases: [{ name: app }]
              other:
                nodes:
                  pgdb3: { host: 10.0.1.13 }
            """;

    @Test
    void aHostOverridesItsClusterAndAClusterTheDefaults() {
        assertEquals(List.of(5433, 5434, 5432), ports());
        assertEquals(List.of("from_cluster", "from_host", "from_defaults"), users());
    }

    @Test
    void mapsMergeKeyByKeyInTheOrderOfTheLowest() {
        var pooler = Read.text(TEXT).clusters().getFirst().poolers().getFirst();

        assertEquals(
                "{pool_mode=transaction, max_client_conn=500, so_reuseport=1}",
                pooler.pgbouncer().settings().toString());
        assertEquals(
                "{sslmode=verify-full, connect_timeout=3}",
                node("pgdb1").postgres().conninfo().toString());
    }

    @Test
    void nullTakesAValueBack() {
        var second = node("pg.db.2");

        assertEquals(Optional.empty(), second.postgres().service());
        assertEquals(Optional.empty(), second.ssh().jump());
        assertEquals(Map.of("sslmode", "verify-full"), second.postgres().conninfo());
        assertEquals(Optional.of("bastion"), node("pgdb1").ssh().jump());
    }

    @Test
    void setOverridesEverything() {
        assertEquals(List.of(6000, 6000, 6000), ports("postgres.port=6000"));
        assertEquals(List.of(6000, 6000, 5432), ports("clusters.main.postgres.port=6000"));
        assertEquals(List.of(5433, 6000, 5432), ports("nodes.pg.db.2.postgres.port=6000"));
    }

    @Test
    void theNarrowerSetWinsThenTheLater() {
        assertEquals(
                List.of(6002, 6004, 6001),
                ports(
                        "nodes.pg.db.2.postgres.port=6003",
                        "clusters.main.postgres.port=6002",
                        "nodes.pg.db.2.postgres.port=6004",
                        "postgres.port=6001"));
    }

    @Test
    void setTakesValuesAsWritten() {
        var inventory = Read.text(
                TEXT,
                "vars.release=17.10",
                "vars.count=3",
                "environment=test",
                "postgres.restore_command=cp /a=b/%f %p",
                "nodes.pgdb1.ssh.jump=null",
                "poolers.pgb1.pgbouncer.port=6433",
                "nodes.pgdb1.priority=0");
        var main = inventory.clusters().getFirst();

        assertEquals(Map.of("release", "17.10", "count", 3L), main.vars());
        assertEquals("test", main.environment());
        assertEquals(
                Optional.of("cp /a=b/%f %p"), main.nodes().getFirst().postgres().restoreCommand());
        assertEquals(Optional.empty(), main.nodes().getFirst().ssh().jump());
        assertEquals(6433, main.poolers().getFirst().pgbouncer().port());
        assertEquals(0, main.nodes().getFirst().priority());
    }

    @Test
    void setIsCheckedLikeTheFile() {
        assertEquals(
                """
                --set:1:1: unknown-key: unknown key "postgress"
                  | postgress.port=1
                  detail: Allowed here: environment, vars, ssh, postgres, fence, pgbouncer.
                  hint: Did you mean "postgres"?

                --set:1:1: set-malformed: --set takes PATH=VALUE
                  | postgres.port
                  hint: Write it as in --set postgres.port=5433 or --set nodes.pgdb1.ssh.user=root.

                --set:1:7: unknown-name: there is no "pgdb9" under nodes
                  | nodes.pgdb9.postgres.port=1
                  detail: There: pg.db.2, pgdb1, pgdb3.
                  hint: Did you mean "pgdb1"?

                --set:1:10: unknown-key: unknown key "prot" under postgres
                  | postgres.prot=1
                  detail: Allowed here: port, service, data_dir, bin_dir, socket_dir, config_file, log_file, os_user, \
                role, database, replication_user, connect, root_cert, passfile, restore_command, conninfo.
                  hint: Did you mean "port"?

                --set:1:15: wrong-value: postgres.port must be a whole number from 1 to 65535, not 05433
                  | postgres.port=05433
                  detail: A number with a leading 0 is octal to some YAML readers.
                  hint: Write 5433.

                --set:1:15: wrong-type: postgres.port must be a whole number from 1 to 65535, not nothing
                  | postgres.port=
                  hint: Write a value, or delete the line.
                """,
                Read.problems(
                        TEXT,
                        "postgress.port=1",
                        "postgres.port",
                        "nodes.pgdb9.postgres.port=1",
                        "postgres.prot=1",
                        "postgres.port=05433",
                        "postgres.port="));
    }

    @Test
    void aSecretOfTheClusterReplacesOneOfTheFile() {
        var inventory = Read.text(TEXT.replace("    databases:", "    secrets: { a: { env: A } }\n    databases:")
                + "secrets: { a: { file: /a }, b: { file: /b } }\n");

        assertEquals(
                "{a=Environment[variable=A], b=File[path=/b]}",
                new TreeMap<>(inventory.clusters().getFirst().secrets()).toString());
        assertEquals(
                "{a=File[path=/a], b=File[path=/b]}",
                new TreeMap<>(inventory.clusters().getLast().secrets()).toString());
    }

    private static Node node(String name) {
        return nodes().stream()
                .filter(node -> node.name().value().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Node> nodes(String... sets) {
        return Read.text(TEXT, sets).clusters().stream()
                .flatMap(cluster -> cluster.nodes().stream())
                .toList();
    }

    private static List<Integer> ports(String... sets) {
        return nodes(sets).stream().map(node -> node.postgres().port()).toList();
    }

    private static List<String> users() {
        return nodes().stream().map(node -> node.ssh().user().orElseThrow()).toList();
    }
}
