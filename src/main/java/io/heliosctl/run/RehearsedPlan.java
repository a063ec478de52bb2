package io.heliosctl.run;

import io.heliosctl.control.Dictation;
import io.heliosctl.control.Dispatch;
import io.heliosctl.control.Rehearsal;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Topology;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.step.Buried;
import io.heliosctl.step.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A plan made by the same executor on a pretend copy of the cluster: what came of it, and what the hosts would
/// have been told on the way.
///
/// @param after the pretend cluster in the end
/// @param ahead what the hosts would be told before the first step, with no effect yet
/// @param steps what they would be told in each step, by its number
public record RehearsedPlan(
        Plan plan, Outcome outcome, Topology after, List<Dispatch> ahead, Map<Integer, List<Dispatch>> steps) {

    public RehearsedPlan {
        ahead = inOrder(ahead, members(plan));
        steps = Map.copyOf(steps);
    }

    /// Rehearses a plan without asking any host.
    public static RehearsedPlan of(Plan plan) {
        return of(plan, Dictation.none());
    }

    /// Rehearses a plan.
    ///
    /// @param dictation takes down what the hosts would be told
    public static RehearsedPlan of(Plan plan, Dictation dictation) {
        var cluster = Rehearsal.of(plan.before(), dictation);
        var listener = new Listener(dictation);
        var executor = new Executor(cluster, Journal.none(), listener, new Interruption());
        var outcome = executor.run(plan);
        return new RehearsedPlan(plan, outcome, cluster.observe(), listener.ahead, listener.steps);
    }

    private static List<String> members(Plan plan) {
        var cluster = plan.before().cluster();
        return Stream.concat(
                        cluster.nodes().stream().map(node -> node.name().value()),
                        cluster.poolers().stream().map(pooler -> pooler.name().value()))
                .toList();
    }

    /// What the hosts would be told in a step, target by target.
    public List<Dispatch> of(PlannedStep step) {
        var targets = step.parts().stream().map(Step::targetName).toList();
        return inOrder(steps.getOrDefault(step.number(), List.of()), targets);
    }

    /// Targets are told in parallel, in no order of their own, and the same plan must always look the same.
    /// What concerns another host than the targets', such as slots made on the upstream, comes first.
    private static List<Dispatch> inOrder(List<Dispatch> dispatches, List<String> targets) {
        var others = dispatches.stream()
                .filter(dispatch -> !targets.contains(dispatch.target()))
                .sorted(Comparator.comparing(Dispatch::target).thenComparing(Dispatch::text));
        var own = dispatches.stream()
                .filter(dispatch -> targets.contains(dispatch.target()))
                .sorted(Comparator.comparingInt(dispatch -> targets.indexOf(dispatch.target())));
        return Stream.concat(others, own).toList();
    }

    /// Every file that would be written, each once, with its unified diff.
    public List<Dispatch> files() {
        return Stream.concat(ahead.stream(), plan.steps().stream().flatMap(step -> of(step).stream()))
                .filter(dispatch -> !dispatch.diff().isEmpty())
                .distinct()
                .toList();
    }

    /// Why the plan cannot be made, as far as a rehearsal tells; warnings for what it would leave undone. That
    /// a former primary is owed is how every failover and every fence ends.
    public List<Problem> problems() {
        return switch (outcome) {
            case Outcome.Succeeded done ->
                done.owed().stream()
                        .filter(owed -> !Buried.TOLD.contains(owed.code()))
                        .map(owed -> Problem.warning("rehearsal-owes", "the rehearsal leaves something undone")
                                .detail(owed.message() + ". " + owed.detail())
                                .hint(owed.hint()))
                        .toList();
            case Outcome.Refused refused -> failed(refused.problems());
            case Outcome.RolledBack back -> failed(back.problems());
            case Outcome.Unfinished open -> failed(open.problems());
        };
    }

    private static List<Problem> failed(List<Problem> reasons) {
        var failure = Problem.error("rehearsal-failed", "the plan does not work on a pretend copy of the cluster")
                .hint("Look at the order of the runbook's steps, and at \"heliosctl status\".");
        return Stream.concat(Stream.of(failure), reasons.stream()).toList();
    }

    private static final class Listener implements RunListener {

        private final Dictation dictation;
        private final List<Dispatch> ahead = new ArrayList<>();
        private final Map<Integer, List<Dispatch>> steps = new LinkedHashMap<>();
        private boolean begun;

        Listener(Dictation dictation) {
            this.dictation = dictation;
        }

        @Override
        public void stepStarted(PlannedStep step) {
            if (!begun) {
                ahead.addAll(dictation.sinceLast());
                begun = true;
            }
        }

        @Override
        public void stepFinished(StepRecord record) {
            steps.merge(
                    record.step().number(),
                    dictation.sinceLast(),
                    (one, other) -> Stream.concat(one.stream(), other.stream()).toList());
        }

        @Override
        public void pointOfNoReturn() {}

        @Override
        public void takingBack() {}

        @Override
        public void verifying() {}
    }
}
