package io.heliosctl.run;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.control.Proofs;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.Topology;
import io.heliosctl.step.PausePool;
import io.heliosctl.step.Promote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Everything that is proved before anything is changed. Reads only; reports all it finds.
public final class Preflight {

    /// What the operator allows.
    ///
    /// @param drain transactions older than this are refused
    /// @param acceptDrift go on although a live pgbouncer.ini is not what the template makes
    public record Limits(Duration drain, boolean acceptDrift) {}

    private final ClusterControl cluster;
    private final Proofs proofs;

    public Preflight(ClusterControl cluster, Proofs proofs) {
        this.cluster = cluster;
        this.proofs = proofs;
    }

    /// Looks at all a plan depends on. A plan that promotes is proved to the last detail; of another one, that its
    /// commands may be run.
    ///
    /// @return what was found, errors and warnings; a run needs a list without errors
    /// @throws io.heliosctl.model.InvalidDocumentException if a template is wrong
    public List<Problem> of(Plan plan, Limits limits) {
        var questions = new ArrayList<Callable<List<Problem>>>();
        questions.add(proofs::privilegeProblems);
        questions.add(() -> SwitchChecks.of(plan));
        for (var node : cluster.cluster().nodes()) {
            if (isReached(plan.before(), node.name())) {
                questions.add(() -> proofs.serviceProblems(node.name()));
            }
        }
        if (endsBlockers(plan)) {
            plan.before().primaries().forEach(primary -> questions.add(() -> proofs.endingProblems(primary)));
        }
        plan.steps().stream()
                .flatMap(step -> step.parts().stream())
                .filter(Promote.class::isInstance)
                .map(Promote.class::cast)
                .forEach(promote -> questions.addAll(
                        promote.concession().isPresent()
                                ? rescue(plan, promote, limits)
                                : move(plan, promote.of(), promote.target(), limits)));
        return all(questions);
    }

    private static boolean endsBlockers(Plan plan) {
        return plan.steps().stream()
                .flatMap(step -> step.parts().stream())
                .anyMatch(step -> step instanceof PausePool pause && pause.limits().endsBlockers());
    }

    /// What could not be asked at all is told once, not by every question about it.
    private static boolean isReached(Topology topology, NodeName name) {
        return !(topology.state(name) instanceof NodeState.Unreachable);
    }

    /// What a promotion needs where the old primary is lost. Nothing is asked of that one.
    private List<Callable<List<Problem>>> rescue(Plan plan, Promote promote, Limits limits) {
        var lost = promote.of();
        var candidate = promote.target();
        proofs.requireTemplates(candidate);
        var topology = plan.before();
        var questions = new ArrayList<Callable<List<Problem>>>();
        var checks = new FailoverChecks(cluster, topology, lost, candidate);
        questions.add(() -> checks.losses(promote.concession().orElseThrow(), plan));
        questions.add(() -> checks.poolers(promote.concession().orElseThrow()));
        questions.add(() -> ReplicationChecks.without(topology, lost, candidate));
        if (ReplicationChecks.hasWalSenders(topology, candidate)) {
            topology.nodes().forEach((name, state) -> {
                if (!name.equals(candidate) && state instanceof NodeState.Standby) {
                    questions.add(() -> proofs.replicationLoginProblems(name, candidate));
                }
            });
        }
        topology.poolers().forEach((name, state) -> {
            if (state instanceof PoolerState.Answering) {
                questions.add(() -> proofs.processProblems(name));
                questions.add(() -> PoolerChecks.drift(proofs, name, lost, limits.acceptDrift()));
            }
        });
        return questions;
    }

    private List<Callable<List<Problem>>> move(Plan plan, NodeName oldPrimary, NodeName newPrimary, Limits limits) {
        proofs.requireTemplates(newPrimary);
        var topology = plan.before();
        var questions = new ArrayList<Callable<List<Problem>>>();
        questions.add(() -> PrimaryChecks.of(topology, oldPrimary, limits.drain(), endsBlockers(plan)));
        questions.add(() -> ReplicationChecks.of(topology, oldPrimary, newPrimary));
        questions.add(() -> PoolerChecks.of(topology, oldPrimary));
        if (ReplicationChecks.hasWalSenders(topology, newPrimary)) {
            for (var node : cluster.cluster().nodes()) {
                if (!node.name().equals(newPrimary) && isReached(topology, node.name())) {
                    questions.add(() -> proofs.replicationLoginProblems(node.name(), newPrimary));
                }
            }
        }
        for (var pooler : cluster.cluster().poolers()) {
            if (topology.state(pooler.name()) instanceof PoolerState.Unreachable) {
                continue;
            }
            questions.add(() -> proofs.processProblems(pooler.name()));
            questions.add(() -> PoolerChecks.drift(proofs, pooler.name(), oldPrimary, limits.acceptDrift()));
        }
        return questions;
    }

    /// One question that could not be asked must not hide what the others have found.
    private static List<Problem> problems(Future<List<Problem>> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException problem) {
                return problem.problems();
            }
            throw new IllegalStateException("a preflight check ended with a bug", e.getCause());
        }
    }

    private static List<Problem> all(List<Callable<List<Problem>>> questions) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = questions.stream().map(threads::submit).toList();
            var problems = new ArrayList<Problem>();
            for (var answer : answers) {
                problems.addAll(problems(answer));
            }
            return problems.stream().distinct().toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(Problem.error("interrupted", "the preflight was interrupted"));
        }
    }
}
