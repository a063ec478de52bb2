package io.heliosctl.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

/// What a run that goes on compares: has anything changed that counts for its cluster?
class InventoryHashTest {

    private static final String TEXT = """
            version: 1
            defaults:
              postgres: { data_dir: /data, bin_dir: /bin }
            clusters:
              main:
                nodes:
                  pgdb1: { host: 10.0.1.11 }
                  pgdb2: { host: 10.0.1.12, priority: 60 }
                poolers:
                  pgb1: { host: 10.0.1.21, pgbouncer: { service: pgbouncer } }
                databases:
                  - { name: app }
            """;

    private static final String OTHER = """
              other:
                nodes:
                  a: { host: 10.0.2.11 }
                  b: { host: 10.0.2.12 }
                databases:
                  - { name: app }
            """;

    @Test
    void isTheSameAsLongAsTheSameCounts() {
        var hash = hash(TEXT);
        assertEquals(64, hash.length());
        assertEquals(hash, hash("# a comment\n" + TEXT));
        assertEquals(
                hash, hash(TEXT.replace("{ host: 10.0.1.12, priority: 60 }", "{ priority: 60, host: 10.0.1.12 }")));
        assertEquals(hash, hash(TEXT + OTHER));
        assertEquals(hash, hash(TEXT.replace("priority: 60 ", ""), "nodes.pgdb2.priority=60"));
    }

    @Test
    void isAnotherWhenAnythingElseCounts() {
        var hash = hash(TEXT);
        assertNotEquals(hash, hash(TEXT.replace("10.0.1.12", "10.0.1.13")));
        assertNotEquals(hash, hash(TEXT.replace("name: app", "name: app2")));
        assertNotEquals(hash, hash(TEXT.replace("main:", "prod:")));
        assertNotEquals(hash, hash(TEXT, "nodes.pgdb1.postgres.port=5433"));
    }

    private static String hash(String text, String... sets) {
        var inventory = Read.text(text, sets);
        return inventory.sha256(inventory.clusters().getFirst());
    }
}
