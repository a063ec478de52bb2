package io.heliosctl.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SelectionTest {

    private static final String ONE = """
            version: 1
            defaults: { postgres: { data_dir: /data, bin_dir: /bin } }
            clusters:
              main: { nodes: { pgdb1: { host: a }, pgdb2: { host: b } } }
            """;
    private static final String TWO = ONE + "  reports: { nodes: { reports1: { host: c } } }\n";

    @Test
    void aFileWithOneClusterNeedsNoName() {
        assertEquals("main", select(ONE, null, null));
    }

    @Test
    void aClusterIsNamedByItselfOrByOneOfItsNodes() {
        assertEquals("reports", select(TWO, "reports", null));
        assertEquals("reports", select(TWO, null, "reports1"));
        assertEquals("main", select(TWO, "main", "pgdb2"));
    }

    @Test
    void whatIsMeantIsNeverGuessed() {
        assertEquals("inventory.yaml has 2 clusters / / Name one: main, reports.", refusal(TWO, null, null));
        assertEquals(
                "there is no cluster \"report\" in the inventory / There: main, reports. / Did you mean \"reports\"?",
                refusal(TWO, "report", null));
        assertEquals(
                "there is no node \"pgbd2\" in the inventory / There: pgdb1, pgdb2. / Did you mean \"pgdb2\"?",
                refusal(ONE, null, "pgbd2"));
        assertEquals(
                "pgdb1 is a node of main, not of reports / / The nodes of reports: reports1.",
                refusal(TWO, "reports", "pgdb1"));
        assertEquals(
                "there is no cluster \"pgdb1\" in the inventory / There: main, reports."
                        + " / pgdb1 is a node of main: name the cluster, or use --to pgdb1.",
                refusal(TWO, "pgdb1", null));
    }

    private static String select(String text, String cluster, String node) {
        return Read.text(text)
                .select(Optional.ofNullable(cluster), Optional.ofNullable(node))
                .name();
    }

    private static String refusal(String text, String cluster, String node) {
        var refused = assertThrows(SelectionException.class, () -> select(text, cluster, node));
        var problem = refused.problems().getFirst();
        return problem.message() + " / " + problem.detail() + (problem.detail().isEmpty() ? "" : " ") + "/ "
                + problem.hint();
    }
}
