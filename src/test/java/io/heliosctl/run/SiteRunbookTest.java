package io.heliosctl.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.control.Errand;
import io.heliosctl.control.Rehearsal;
import io.heliosctl.control.Scene;
import io.heliosctl.control.TemplateContext;
import io.heliosctl.model.Problem;
import io.heliosctl.model.UnknownOutcomeException;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.runbook.RunbookReader;
import io.heliosctl.step.Step;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The site's own steps, on a cluster whose hosts answer what the test says.
class SiteRunbookTest {

    private static final String HEAD = """
            version: 1
            name: ours
            summary: Ours.
            params:
              word: { type: string, default: "it's" }
            cast: { old: primary, others: standbys, doors: poolers }
            steps:
            """;

    private final Scene scene = Scene.real();
    private final List<String> done = new ArrayList<>();
    private final Map<String, List<Integer>> statuses = new LinkedHashMap<>();
    private final Map<String, Object> kept = new LinkedHashMap<>();
    private boolean answers = true;

    @Test
    void runsCommandsWithTheirValuesQuoted() {
        assertSucceeds("""
              - command: { target: doors, run: [say, "{{ this.name }}: {{ params.word }}"], as: deploy }
              - command: { target: old, script: "say {{ params.word | sh }}" }
              - sql: { target: old, text: "SELECT {{ params.word | sql }}" }
            """);

        assertEquals(
                List.of(
                        "pgb1 as deploy: say pgb1: it's",
                        "pgb2 as deploy: say pgb2: it's",
                        "pgdb1: /bin/sh -eu -s < say 'it'\"'\"'s'",
                        "pgdb1: SELECT 'it''s'"),
                // Both poolers at once: either may be first.
                done.stream().sorted().toList());
    }

    @Test
    void usesWhatAnEarlierStepHasKept() {
        assertSucceeds("""
              - sql: { target: old, text: SELECT 7 AS n }
                register: seven
              - when: seven.row.n == 7
                command: { target: old, run: [say, "{{ seven.row.n }}"] }
              - when: seven.row.n == 8
                command: { target: old, run: [never] }
              - command: { target: doors, run: [id] }
                register: ids
              - command: { target: old, run: [say, "{{ ids.pgb2.status }}"] }
            """);

        // The targets of one step are served at the same time, in no order.
        assertEquals(List.of("pgdb1: SELECT 7 AS n", "pgdb1: say 7"), done.subList(0, 2));
        assertEquals(Set.of("pgb1: id", "pgb2: id"), Set.copyOf(done.subList(2, 4)));
        assertEquals(List.of("pgdb1: say 0"), done.subList(4, done.size()));
        assertEquals(Map.of("row", Map.of("n", 7L), "rows", List.of(Map.of("n", 7L))), kept.get("seven"));
    }

    @Test
    void leavesOutWhatIsDoneAlready() {
        assertSucceeds("""
              - command: { target: old, run: [touch, /x] }
                unless: { command: [test, -e, /x] }
            """);

        assertEquals(List.of("pgdb1: test -e /x"), done);
    }

    @Test
    void asksAgainWhetherItIsDone() {
        statuses.put("test -e /x", List.of(1, 1));

        var outcome = run("""
              - command: { target: old, run: [touch, /x] }
                unless: { command: [test, -e, /x] }
            """);

        assertEquals(
                List.of("not-done"),
                codes(assertInstanceOf(Outcome.RolledBack.class, outcome).problems()));
    }

    @Test
    void doesNotTakeAnErrorForAnAnswer() {
        statuses.put("test -e /x", List.of(2));

        run("""
              - command: { target: old, run: [touch, /x] }
                unless: { command: [test, -e, /x] }
            """);

        assertEquals(List.of("pgdb1: test -e /x"), done);
    }

    @Test
    void takesBackOnTheSameTargetsWhenALaterStepFails() {
        statuses.put("fail", List.of(3));

        var outcome = run("""
              - command: { target: doors, run: [hold, "{{ this.name }}"] }
                undo: { command: { run: [release, "{{ this.name }}"] } }
                at_once: 1
              - command: { target: old, run: [fail] }
                undo: { command: { run: [mend] } }
            """);

        assertEquals(
                List.of("command-failed"),
                codes(assertInstanceOf(Outcome.RolledBack.class, outcome).problems()));
        assertEquals(List.of("pgb1: hold pgb1", "pgb2: hold pgb2", "pgdb1: fail", "pgdb1: mend"), done.subList(0, 4));
        assertEquals(
                List.of("pgb1: release pgb1", "pgb2: release pgb2"),
                done.stream().skip(4).sorted().toList());
    }

    @Test
    void takesBackWhatWasNotAnswered() {
        statuses.put("silent", List.of(-1));

        run("""
              - command: { target: old, run: [silent] }
                undo: { command: { run: [mend] } }
            """);

        assertEquals(List.of("pgdb1: silent", "pgdb1: mend"), done);
    }

    @Test
    void failsWhenTheResultIsNotAsExpected() {
        var outcome = run("""
              - sql: { target: old, text: SELECT 7 AS n }
                expect: result.row.n == 8
                undo: { sql: { text: SELECT 9 AS n } }
            """);

        assertEquals(
                List.of("not-as-expected"),
                codes(assertInstanceOf(Outcome.RolledBack.class, outcome).problems()));
        assertEquals(List.of("pgdb1: SELECT 7 AS n", "pgdb1: SELECT 9 AS n"), done);
    }

    @Test
    void neverShowsWhatASecretStepSays() {
        statuses.put("fail", List.of(3));

        var outcome = run("""
              - command: { target: old, run: [fail] }
                secret: true
            """);

        assertTrue(!outcome.toString().contains("said fail"), outcome::toString);
    }

    @Test
    void waitsUntilTheAnswerIsYes() {
        statuses.put("ready", List.of(1, 1, 2, 0));

        assertSucceeds("""
              - wait: { target: old, until: { command: [ready] }, every: 1ms, timeout: 5s }
              - wait: { for: 1ms }
            """);

        assertEquals(4, done.size());
    }

    @Test
    void givesUpWaiting() {
        statuses.put("ready", Collections.nCopies(1000, 1));

        var outcome = run("""
              - wait: { target: old, until: { command: [ready] }, every: 1ms, timeout: 20ms }
            """);

        assertEquals(
                List.of("waited-too-long"),
                codes(assertInstanceOf(Outcome.RolledBack.class, outcome).problems()));
    }

    @Test
    void asksAndTakesNoForAnAnswer() {
        assertSucceeds("  - confirm: { question: \"Go on with {{ cast.old[0] }}?\" }\n");
        answers = false;
        var outcome = run("  - confirm: { question: \"Go on?\" }\n");

        assertEquals(List.of("asked: Go on with pgdb1?", "asked: Go on?"), done);
        assertEquals(
                List.of("not-confirmed"),
                codes(assertInstanceOf(Outcome.RolledBack.class, outcome).problems()));
    }

    @Test
    void onlyListsInARehearsal() {
        var rehearsal = Rehearsal.of(Clusters.healthy());
        var outcome = run(rehearsal, """
              - sql: { target: old, text: SELECT 7 AS n }
                expect: result.row.n == 8
                register: seven
              - when: seven.row.n == 7
                command: { target: old, run: [say, "{{ seven.row.n }}"] }
                unless: { sql: SELECT false }
            """);

        assertInstanceOf(Outcome.Succeeded.class, outcome);
        assertEquals(
                List.of("pgdb1: SELECT 7 AS n", "pgdb1: SELECT false", "pgdb1: say {{ seven.row.n }}"),
                rehearsal.listed());
    }

    private void assertSucceeds(String steps) {
        assertEquals(new Outcome.Succeeded(List.of()), run(steps));
    }

    private Outcome run(String steps) {
        return run(cluster(), steps);
    }

    private Outcome run(ClusterControl cluster, String steps) {
        var runbook = RunbookReader.read("ours.yaml", "a test", HEAD + steps);
        var plan = new Planner(runbook, Clusters.healthy(), Map.of())
                .plan(TemplateContext.cluster(Clusters.cluster()))
                .plan();
        return new Executor(cluster, journal(), new Silence(), new Interruption()).run(plan);
    }

    private ClusterControl cluster() {
        var rehearsal = Rehearsal.of(Clusters.healthy());
        return (ClusterControl) Proxy.newProxyInstance(
                ClusterControl.class.getClassLoader(), new Class<?>[] {ClusterControl.class}, (proxy, method, args) -> {
                    try {
                        return switch (method.getName()) {
                            case "scene" -> scene;
                            case "execute" -> execute((String) args[0], (Errand) args[1]);
                            case "query" -> query(String.valueOf(args[0]), (String) args[1]);
                            case "confirm" -> confirm((String) args[0]);
                            default -> method.invoke(rehearsal, args);
                        };
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private synchronized Errand.Result execute(String host, Errand errand) {
        var words = String.join(" ", errand.words());
        var input = errand.input().isEmpty() ? "" : " < " + errand.input();
        done.add(host + errand.as().map(" as "::concat).orElse("") + ": " + words + input);
        var left = new ArrayList<>(statuses.getOrDefault(words, List.of()));
        var status = left.isEmpty() ? 0 : left.removeFirst();
        statuses.put(words, left);
        if (status < 0) {
            throw new UnknownOutcomeException(Problem.error("no-answer", "no answer"));
        }
        return new Errand.Result(status, "said " + words, "");
    }

    private synchronized List<Map<String, Object>> query(String node, String sql) {
        done.add(node + ": " + sql);
        return List.of(Map.of("n", 7L));
    }

    private synchronized boolean confirm(String question) {
        done.add("asked: " + question);
        return answers;
    }

    private static List<String> codes(List<Problem> problems) {
        return problems.stream().map(Problem::code).toList();
    }

    private Journal journal() {
        return new Journal() {
            @Override
            public void begin(PlannedStep step, List<Step> parts, boolean takingBack) {}

            @Override
            public void end(StepRecord record) {}

            @Override
            public void ended(Outcome outcome) {}

            @Override
            public void kept(PlannedStep step, Map<String, Object> values) {
                kept.putAll(values);
            }
        };
    }
}
