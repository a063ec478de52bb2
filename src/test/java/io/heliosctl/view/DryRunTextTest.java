package io.heliosctl.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.control.Dispatch;
import io.heliosctl.control.Dispatch.Kind;
import io.heliosctl.control.Findings;
import io.heliosctl.control.TemplateContext;
import io.heliosctl.model.NodeState;
import io.heliosctl.run.Clusters;
import io.heliosctl.run.Outcome;
import io.heliosctl.run.Plan;
import io.heliosctl.run.Planner;
import io.heliosctl.run.RehearsedPlan;
import io.heliosctl.run.SavedFiles;
import io.heliosctl.run.SavedPlan;
import io.heliosctl.run.UnlessAnswer;
import io.heliosctl.runbook.RunbookReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a dry run prints at 80 columns, and its twin for machines.
class DryRunTextTest {

    private static final String RUNBOOK = """
            version: 1
            name: ours
            summary: A word before.
            cast: { old: primary, poolers: poolers }
            steps:
              - name: Note it
                sql: { target: old, text: INSERT INTO noted DEFAULT VALUES }
                unless: { sql: SELECT count(*) > 0 FROM noted }
              - name: Hold the clients and let them go
                pause_pool: { target: poolers }
              - resume_pool: { target: poolers }
            """;

    private static final String LONG = "sudo -n -u postgres -- /usr/lib/postgresql/15/bin/pg_ctl stop"
            + " -D /var/lib/postgresql/15/main -m fast -W";

    private static final Findings FINDINGS = Findings.proved("pgb1", "18 sudo commands allowed")
            .and(Findings.proved("pgdb1", "42 sudo commands allowed"));

    @Test
    void tellsItAllInEightyColumns() {
        assertEquals("""
                ours of main (production)

                Before                          After
                  pgdb1  primary, timeline 3      pgdb1  primary, timeline 3
                  +- pgdb2  standby               +- pgdb2  standby
                  +- pgdb3  standby               +- pgdb3  standby
                  pgb1 -> pgdb1                   pgb1 -> pgdb1
                  pgb2 -> pgdb1                   pgb2 -> pgdb1

                Steps, and what the hosts will be told
                  0  Ahead of time, with no effect yet
                     pgb1   write    beside /etc/pgbouncer/pgbouncer.ini
                  1  Note it                                                      pgdb1
                     pgdb1  sql      INSERT INTO noted DEFAULT VALUES
                     pgdb1  unless   SELECT count(*) > 0 FROM noted: no, so the step will be
                                       made
                  2  Hold the clients and let them go                             pgb1 pgb2
                     pgb1   console  PAUSE  (2 times)
                     pgb2   console  PAUSE
                  3  resume_pool                                                  pgb1 pgb2
                     pgdb1  run      sudo -n -u postgres -- /usr/lib/postgresql/15/bin/pg_ctl
                                       stop -D /var/lib/postgresql/15/main -m fast -W

                Files that will be written
                  --- pgb1:/etc/pgbouncer/pgbouncer.ini
                  +++ pgb1:/etc/pgbouncer/pgbouncer.ini
                  @@ -1 +1 @@
                  -app = host=10.0.1.11
                  +app = host=10.0.1.12

                Proved on the hosts
                  ok  pgdb1  42 sudo commands allowed
                  ok  pgb1   18 sudo commands allowed

                Dry run: rehearsed, and proved on the hosts; nothing was changed.
                """, text(false));
    }

    @Test
    void tellsTheCommandsBehindAFileOnlyWhereThatIsAskedFor() {
        assertFalse(text(false).contains("/usr/bin/tee"));
        assertTrue(text(true).contains("                     /usr/bin/tee x\n"));
    }

    @Test
    void theTwinForMachinesHasAllOfIt() {
        var plan = plan();
        var rehearsed = rehearsed(plan);
        var saved = SavedPlan.of(plan, new SavedFiles("ours", "a".repeat(64), "b".repeat(64)), Map.of())
                .telling(rehearsed);
        var json = PlanJson.of(rehearsed, saved, FINDINGS, answers());

        assertEquals(
                List.of(
                        "schema",
                        "cluster",
                        "runbook",
                        "runbook_sha256",
                        "inventory_sha256",
                        "parameters",
                        "cast",
                        "fingerprint",
                        "told_sha256",
                        "before",
                        "after",
                        "ahead",
                        "steps",
                        "verify",
                        "diffs",
                        "proofs",
                        "problems"),
                List.copyOf(json.keySet()));
        var steps = (List<?>) json.get("steps");
        assertEquals(
                "{name=Note it, targets=[pgdb1], does=[send to pgdb1: INSERT INTO noted DEFAULT VALUES], "
                        + "commands=[{host=pgdb1, kind=sql, text=INSERT INTO noted DEFAULT VALUES, "
                        + "exact=[INSERT INTO noted DEFAULT VALUES]}], unless=[{target=pgdb1, "
                        + "answer=SELECT count(*) > 0 FROM noted: no, so the step will be made}]}",
                steps.getFirst().toString());
    }

    @Test
    void aTreeShowsWhoIsNotThere() {
        var before = Clusters.with(Clusters.PG3, new NodeState.Unreachable("no route"));
        assertEquals("""
                Before
                  pgdb1  primary, timeline 3
                  +- pgdb2  standby
                  pgdb3  unreachable
                  pgb1 -> pgdb1
                  pgb2 -> pgdb1
                """, Trees.of(before, before, new Style(false, 40)).split("After", 2)[0]);
    }

    private static String text(boolean verbose) {
        return new DryRunText(rehearsed(plan()), List.of(), FINDINGS, answers(), verbose, new Style(false, 80)).text();
    }

    private static List<UnlessAnswer> answers() {
        return List.of(new UnlessAnswer(1, "pgdb1", "SELECT count(*) > 0 FROM noted", "no, so the step will be made"));
    }

    private static Plan plan() {
        var topology = Clusters.healthy();
        return new Planner(RunbookReader.read("ours", "ours", RUNBOOK), topology, Map.of())
                .plan(TemplateContext.cluster(topology.cluster()))
                .plan();
    }

    private static RehearsedPlan rehearsed(Plan plan) {
        var sql = one("pgdb1", Kind.SQL, "INSERT INTO noted DEFAULT VALUES");
        var pause = one("pgb1", Kind.CONSOLE, "PAUSE");
        var file =
                new Dispatch("pgb1", Kind.WRITE, "beside /etc/pgbouncer/pgbouncer.ini", List.of("/usr/bin/tee x"), """
                --- pgb1:/etc/pgbouncer/pgbouncer.ini
                +++ pgb1:/etc/pgbouncer/pgbouncer.ini
                @@ -1 +1 @@
                -app = host=10.0.1.11
                +app = host=10.0.1.12
                """);
        return new RehearsedPlan(
                plan,
                new Outcome.Succeeded(List.of()),
                plan.before(),
                List.of(file),
                Map.of(
                        1,
                        List.of(sql),
                        2,
                        List.of(one("pgb2", Kind.CONSOLE, "PAUSE"), pause, pause),
                        3,
                        List.of(one("pgdb1", Kind.RUN, LONG))));
    }

    private static Dispatch one(String target, Kind kind, String text) {
        return new Dispatch(target, kind, text, List.of(text), "");
    }
}
