package io.heliosctl.view;

import io.heliosctl.control.Dispatch;
import io.heliosctl.control.Findings;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.Topology;
import io.heliosctl.run.RehearsedPlan;
import io.heliosctl.run.SavedPlan;
import io.heliosctl.run.UnlessAnswer;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.step.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `heliosctl.plan.v1`: its names are a contract; more may be added, none taken away.
public final class PlanJson {

    private PlanJson() {}

    /// A plan that was shown and not made, as plain values.
    ///
    /// @param saved what a later run of this plan has to find unchanged
    /// @param answers what the questions of the site's own steps were answered
    public static Map<String, Object> of(
            RehearsedPlan rehearsed, SavedPlan saved, Findings findings, List<UnlessAnswer> answers) {
        var plan = rehearsed.plan();
        var json = new LinkedHashMap<String, Object>(saved.asMap());
        json.put("before", topology(plan.before()));
        json.put("after", topology(rehearsed.after()));
        json.put("ahead", commands(rehearsed.ahead()));
        json.put(
                "steps",
                plan.steps().stream()
                        .map(step -> step(rehearsed, step, answers))
                        .toList());
        json.put(
                "verify",
                plan.verify().stream()
                        .map(step -> step(rehearsed, step, answers))
                        .toList());
        json.put("diffs", rehearsed.files().stream().map(PlanJson::diff).toList());
        json.put(
                "proofs",
                findings.proofs().stream()
                        .map(proof -> ordered("host", proof.host(), "proved", proof.proved()))
                        .toList());
        json.put(
                "problems",
                findings.problems().stream().map(StatusJson::problem).toList());
        return json;
    }

    /// What any plan says of a step.
    static Map<String, Object> step(PlannedStep step) {
        var json = new LinkedHashMap<String, Object>();
        json.put("name", step.name());
        json.put("targets", step.parts().stream().map(Step::targetName).toList());
        json.put("does", step.parts().stream().map(Step::summary).toList());
        return json;
    }

    private static Map<String, Object> step(RehearsedPlan rehearsed, PlannedStep step, List<UnlessAnswer> answers) {
        var json = step(step);
        json.put("commands", commands(rehearsed.of(step)));
        var asked = answers.stream()
                .filter(answer -> answer.step() == step.number())
                .map(answer -> ordered("target", answer.target(), "answer", answer.shown()))
                .toList();
        if (!asked.isEmpty()) {
            json.put("unless", asked);
        }
        return json;
    }

    private static List<Map<String, Object>> commands(List<Dispatch> dispatches) {
        return dispatches.stream()
                .map(dispatch -> {
                    var json = ordered(
                            "host", dispatch.target(), "kind", dispatch.kind().word());
                    json.put("text", dispatch.text());
                    json.put("exact", dispatch.commands());
                    return json;
                })
                .toList();
    }

    private static Map<String, Object> diff(Dispatch dispatch) {
        var json = ordered("host", dispatch.target(), "path", dispatch.text());
        json.put("diff", dispatch.diff());
        return json;
    }

    /// Who is what and where each pooler leads. Positions in the WAL are left out: those of a rehearsal are
    /// made up.
    static Map<String, Object> topology(Topology topology) {
        var json = new LinkedHashMap<String, Object>();
        json.put(
                "nodes",
                topology.cluster().nodes().stream()
                        .map(node -> node(topology, node.name()))
                        .toList());
        json.put(
                "poolers",
                topology.cluster().poolers().stream()
                        .map(pooler -> pooler(topology, pooler.name()))
                        .toList());
        return json;
    }

    private static Map<String, Object> node(Topology topology, NodeName name) {
        var state = topology.state(name);
        var json = ordered("name", name.value(), "role", StatusJson.role(state));
        json.put(
                "timeline",
                switch (state) {
                    case NodeState.Running running ->
                        running.identity().timeline().id();
                    case NodeState.Stopped stopped ->
                        stopped.control().timeline().id();
                    case NodeState.Unreachable unreachable -> null;
                });
        json.put("upstream", topology.upstream(name).map(NodeName::value).orElse(null));
        return json;
    }

    private static Map<String, Object> pooler(Topology topology, PoolerName name) {
        var json = ordered(
                "name",
                name.value(),
                "target",
                topology.target(name).map(NodeName::value).orElse(null));
        json.put(
                "paused",
                topology.state(name) instanceof PoolerState.Answering answering ? answering.isPaused() : null);
        return json;
    }

    private static Map<String, Object> ordered(String one, Object value, String other, Object otherValue) {
        var json = new LinkedHashMap<String, Object>();
        json.put(one, value);
        json.put(other, otherValue);
        return json;
    }
}
