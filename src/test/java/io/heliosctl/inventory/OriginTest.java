package io.heliosctl.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Every value that counts can say who said so.
class OriginTest {

    @Test
    void everyValueKnowsWhereItWasWritten() {
        var inventory = Read.text("""
                version: 1
                defaults:
                  postgres: { data_dir: /data, bin_dir: /bin, service: postgresql }
                secrets:
                  replicator: { command: [pass, show, replicator] }
                clusters:
                  main:
                    environment: test
                    vars: { deep: { ticket: 7 } }
                    nodes:
                      pgdb1:
                        host: 10.0.1.11
                        tags: [dr, slow]
                        postgres: { service: null }
                    databases: [{ name: app, pool_size: 40 }]
                """, "postgres.port=5433");

        assertEquals(
                """
                main environment = test (inventory.yaml:8)
                main vars.deep.ticket = 7 (inventory.yaml:9)
                main databases[1].name = app (inventory.yaml:15)
                main databases[1].pool_size = 40 (inventory.yaml:15)
                main secrets.replicator.command = [pass, show, replicator] (inventory.yaml:5)
                main nodes.pgdb1.priority = 50 (built in)
                main nodes.pgdb1.ssh.known_hosts = ~/.ssh/known_hosts (built in)
                main nodes.pgdb1.ssh.config = ~/.ssh/config (built in)
                main nodes.pgdb1.ssh.connect_timeout = 5s (built in)
                main nodes.pgdb1.postgres.port = 5433 (--set postgres.port=5433)
                main nodes.pgdb1.postgres.socket_dir = /var/run/postgresql (built in)
                main nodes.pgdb1.postgres.os_user = postgres (built in)
                main nodes.pgdb1.postgres.role = heliosctl (built in)
                main nodes.pgdb1.postgres.database = postgres (built in)
                main nodes.pgdb1.postgres.replication_user = replicator (built in)
                main nodes.pgdb1.postgres.connect = socket (built in)
                main nodes.pgdb1.postgres.data_dir = /data (inventory.yaml:3)
                main nodes.pgdb1.postgres.bin_dir = /bin (inventory.yaml:3)
                main nodes.pgdb1.postgres.service = null (inventory.yaml:14)
                main nodes.pgdb1.fence.timeout = 60s (built in)
                main nodes.pgdb1.host = 10.0.1.11 (inventory.yaml:12)
                main nodes.pgdb1.tags = [dr, slow] (inventory.yaml:13)
                """,
                inventory.settings().stream()
                        .map(each ->
                                "%s %s = %s (%s)\n".formatted(each.cluster(), each.path(), each.value(), each.origin()))
                        .collect(Collectors.joining()));
    }
}
