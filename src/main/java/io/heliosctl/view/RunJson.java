package io.heliosctl.view;

import io.heliosctl.model.Cast;
import io.heliosctl.model.Problem;
import io.heliosctl.run.History;
import io.heliosctl.run.Outcome;
import io.heliosctl.run.Prospect;
import io.heliosctl.run.Prospect.Prospects;
import io.heliosctl.run.Report;
import io.heliosctl.run.StepRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `heliosctl.run.v1`: its names are a contract; more may be added, none taken away.
public final class RunJson {

    private RunJson() {}

    /// A run that has ended, as plain values.
    public static Map<String, Object> of(Report report) {
        var json = new LinkedHashMap<String, Object>();
        json.put("schema", "heliosctl.run.v1");
        json.put("run", report.id().value());
        json.put("cluster", report.plan().before().cluster().name());
        json.put("runbook", report.plan().runbook());
        json.put("outcome", report.outcome().word());
        json.put("cast", cast(report.plan().cast()));
        json.put("steps", report.steps().stream().map(RunJson::step).toList());
        var waited = report.clientsWaitedMillis();
        json.put("clients_waited_ms", waited.isPresent() ? waited.getAsLong() : null);
        json.put("lost_bytes", report.zeroLossProof().map(proof -> 0L).orElse(null));
        json.put("zero_loss_proof", report.zeroLossProof().orElse(null));
        FailoverReport.of(report).json(report, json);
        json.put("owed", list(owed(report.outcome())));
        json.put("problems", list(failures(report.outcome())));
        return json;
    }

    /// A run that was refused before it had a plan.
    public static Map<String, Object> refused(String cluster, String runbook, List<Problem> problems) {
        return without(null, cluster, runbook, "refused", problems);
    }

    /// A run that could not be gone on with.
    public static Map<String, Object> refused(History history, List<Problem> problems) {
        var header = history.header();
        return without(history.id().value(), header.cluster(), header.runbook(), "refused", problems);
    }

    /// What going on with a run would mean: `heliosctl.resumption.v1`.
    public static Map<String, Object> prospects(History history, Prospects prospects) {
        var json = new LinkedHashMap<String, Object>();
        json.put("schema", "heliosctl.resumption.v1");
        json.put("run", history.id().value());
        json.put("cluster", history.header().cluster());
        json.put("runbook", history.header().runbook());
        json.put("backwards", prospects.backwards());
        json.put("steps", prospects.steps().stream().map(RunJson::prospect).toList());
        json.put("problems", List.of());
        return json;
    }

    private static Map<String, Object> prospect(Prospect prospect) {
        var json = PlanJson.step(prospect.step());
        json.put("standing", prospect.standing().name().toLowerCase(Locale.ROOT));
        json.put("left", prospect.detail());
        return json;
    }

    /// A run that was not begun because all is as it was asked for.
    public static Map<String, Object> nothing(String cluster, String runbook) {
        return without(null, cluster, runbook, "succeeded", List.of());
    }

    /// A run that had ended when somebody wanted to go on with it.
    public static Map<String, Object> ended(History history) {
        var header = history.header();
        return without(
                history.id().value(),
                header.cluster(),
                header.runbook(),
                history.outcome().orElse("unfinished"),
                List.of());
    }

    private static Map<String, Object> without(
            String run, String cluster, String runbook, String outcome, List<Problem> problems) {
        var json = new LinkedHashMap<String, Object>();
        json.put("schema", "heliosctl.run.v1");
        json.put("run", run);
        json.put("cluster", cluster);
        json.put("runbook", runbook);
        json.put("outcome", outcome);
        json.put("cast", Map.of());
        json.put("steps", List.of());
        json.put("clients_waited_ms", null);
        json.put("lost_bytes", null);
        json.put("zero_loss_proof", null);
        json.put("owed", List.of());
        json.put("problems", list(problems));
        return json;
    }

    /// What kept a command from giving its result.
    public static Map<String, Object> problems(List<Problem> problems) {
        var json = new LinkedHashMap<String, Object>();
        json.put("schema", "heliosctl.problems.v1");
        json.put("problems", list(problems));
        return json;
    }

    private static Map<String, Object> cast(Cast cast) {
        var json = new LinkedHashMap<String, Object>();
        cast.nodes()
                .forEach((role, names) ->
                        json.put(role, names.stream().map(Object::toString).toList()));
        cast.poolers()
                .forEach((role, names) ->
                        json.put(role, names.stream().map(Object::toString).toList()));
        return json;
    }

    private static Map<String, Object> step(StepRecord record) {
        var json = new LinkedHashMap<String, Object>();
        json.put("name", record.step().name());
        json.put("status", record.word());
        json.put("ms", record.millis());
        json.put(
                "targets",
                record.results().stream()
                        .map(result -> Map.of(
                                "target", result.step().targetName(),
                                "status", result.status().word(),
                                "remark", result.remark()))
                        .toList());
        return json;
    }

    private static List<Problem> owed(Outcome outcome) {
        return outcome instanceof Outcome.Succeeded done ? done.owed() : List.of();
    }

    private static List<Problem> failures(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded done -> List.of();
            case Outcome.Refused refused -> refused.problems();
            case Outcome.RolledBack back -> back.problems();
            case Outcome.Unfinished open -> open.problems();
        };
    }

    private static List<Map<String, Object>> list(List<Problem> problems) {
        return problems.stream().map(StatusJson::problem).toList();
    }
}
