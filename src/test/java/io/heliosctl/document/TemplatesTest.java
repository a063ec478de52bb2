package io.heliosctl.document;

import static io.heliosctl.document.Contexts.map;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.InvalidDocumentException;
import io.heliosctl.model.Place;
import io.heliosctl.model.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TemplatesTest {

    private static final Place WHEN = new Place("switch.yaml", 7, 11, "    when: lag.bytes < limit");

    @Test
    void a_condition_is_true_or_false() {
        assertTrue(Templates.condition("lag < 10", WHEN, map("lag", 9)));
        assertFalse(Templates.condition("lag is none or lag > 10", WHEN, map("lag", 9)));
    }

    @Test
    void a_condition_that_is_no_boolean_is_refused() {
        Problem problem = refused(() -> Templates.condition("lag", WHEN, map("lag", 9)));

        assertEquals("this must be true or false", problem.message());
        assertEquals("It is a number.", problem.detail());
    }

    @Test
    void a_condition_takes_no_braces() {
        Problem problem = refused(() -> Templates.condition("{{ lag < 10 }}", WHEN, map("lag", 9)));

        assertEquals("Write: lag < 10", problem.hint());
    }

    @Test
    void a_fault_in_a_condition_is_shown_where_it_stands() {
        Problem problem =
                refused(() -> Templates.condition("lag.bytes < limit", WHEN, map("lag", map("bytes", 1), "limits", 2)));

        assertEquals("\"limit\" is undefined", problem.message());
        assertEquals("Did you mean \"limits\"?", problem.hint());
        assertEquals("switch.yaml:7:23", problem.place().orElseThrow().toString());
    }

    @Test
    void an_expression_has_a_value() {
        assertEquals(
                List.of(2L, 3L), Templates.evaluate("xs | select('gt', 1) | list", WHEN, map("xs", List.of(1, 2, 3))));
        assertNull(Templates.evaluate("none", WHEN, map()));
    }

    @Test
    void lines_count_from_where_the_text_begins() {
        TemplateSource source =
                new TemplateSource("run.yaml", "{% if yes %}\n# {{ yes }}\n{% endif %}\n{{ nope }}", 40);

        Problem problem = refused(() -> Templates.render(source, map("yes", true)));

        assertEquals("run.yaml:43:4", problem.place().orElseThrow().toString());
    }

    @Test
    void every_undefined_name_is_reported() {
        TemplateSource source = new TemplateSource("t", "{{ a }}\n{{ b }}\n{% if c %}{% endif %}\n{{ a }}", 1);

        InvalidDocumentException refused =
                assertThrows(InvalidDocumentException.class, () -> Templates.render(source, map()));

        assertEquals(
                List.of("t:1:4", "t:2:4", "t:3:7", "t:4:4"),
                refused.problems().stream()
                        .map(problem -> problem.place().orElseThrow().toString())
                        .toList());
    }

    @Test
    void data_is_never_run_as_a_template() {
        assertEquals("{{ n }} {% x %} 'q' \\n", render("{{ value }}", map("value", "{{ n }} {% x %} 'q' \\n", "n", 1)));
    }

    @Test
    void only_plain_values_go_in() {
        Map<String, Object> values = map("hosts", List.of(map("key", Instant.EPOCH)));

        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> render("{{ hosts }}", values));

        assertEquals("not a value for a template: hosts[0].key is a java.time.Instant", refused.getMessage());
    }

    @Test
    void a_template_cannot_change_what_it_was_given() {
        List<Object> hosts = new ArrayList<>(List.of("a"));

        assertEquals("['a', 'b']", render("{% do hosts.append('b') %}{{ hosts }}", map("hosts", hosts)));
        assertEquals(List.of("a"), hosts);
    }

    @Test
    void a_value_that_would_go_into_sql_unquoted_is_refused() {
        TemplateSource source = new TemplateSource(
                "run.yaml", "select {{ a | sql }},\n  {{ b | upper }},\n  {{ c | sql if d else e }}", 3);

        List<Problem> problems = Templates.requireFilter(source, Set.of("sql", "sql_identifier"));

        assertEquals(
                List.of("run.yaml:4:6", "run.yaml:5:6"),
                problems.stream()
                        .map(problem -> problem.place().orElseThrow().toString())
                        .toList());
        assertEquals("this value would go in unquoted", problems.getFirst().message());
        assertEquals("Write {{ b | upper | sql }}.", problems.getFirst().hint());
    }

    @Test
    void a_good_template_has_no_problems() {
        assertEquals(
                List.of(),
                Templates.check(new TemplateSource("t", "{% for a in b if a %}{{ a | sh }}{% endfor %}", 1)));
        assertEquals(List.of(), Templates.checkCondition("a == {'b': {'c': 1}}", WHEN));
    }

    @Test
    void many_threads_render_at_once() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> texts = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                int number = i;
                Callable<String> task = () -> render(
                        "{% set ns = namespace(n=0) %}{% for x in range(n) %}{% set ns.n = ns.n + x %}{% endfor %}{{ ns.n }}",
                        map("n", number));
                texts.add(threads.submit(task));
            }
            for (int i = 0; i < 50; i++) {
                assertEquals(Integer.toString(i * (i - 1) / 2), texts.get(i).get());
            }
        }
    }

    @Test
    void what_grows_without_end_is_stopped() {
        assertEquals(
                "the result is too long",
                refused(() -> render("{{ 'x' * 100000000 }}", map())).message());
        assertEquals(
                "range() makes at most 10000 numbers",
                refused(() -> render("{{ range(100000) }}", map())).message());
        assertEquals(
                "the result is too long",
                refused(() -> render("{% for a in range(9999) %}{{ 'x' * 1000 }}{% endfor %}", map()))
                        .message());
    }

    private static String render(String text, Map<String, Object> values) {
        return Templates.render(new TemplateSource("t", text, 1), values);
    }

    private static Problem refused(org.junit.jupiter.api.function.Executable executable) {
        return assertThrows(InvalidDocumentException.class, executable)
                .problems()
                .getFirst();
    }
}
