package io.heliosctl.run;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.control.Findings;
import io.heliosctl.control.Proofs;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.Topology;
import io.heliosctl.step.Check;
import io.heliosctl.step.Checkpoint;
import io.heliosctl.step.NodeStep;
import io.heliosctl.step.PausePool;
import io.heliosctl.step.Promote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
    /// @param acceptedManagers HA managers that are known to manage something else
    /// @param trial try on every pooler whether its file can be written; a run does that when it begins
    public record Limits(Duration drain, boolean acceptDrift, Set<String> acceptedManagers, boolean trial) {}

    private final ClusterControl cluster;
    private final Proofs proofs;

    public Preflight(ClusterControl cluster, Proofs proofs) {
        this.cluster = cluster;
        this.proofs = proofs;
    }

    /// Looks at all a plan depends on. A plan that promotes is proved to the last detail; of another one, that
    /// its commands may be run. What the rehearsal says counts if nothing else is wrong: else it says the same
    /// again.
    ///
    /// @return what was found; a run needs findings without errors
    /// @throws io.heliosctl.model.InvalidDocumentException if a template is wrong
    public Findings of(Plan plan, Limits limits) {
        var questions = new ArrayList<Callable<Findings>>();
        var returning = ReturnChecks.of(plan);
        questions.add(proofs::privileges);
        questions.add(() -> Findings.of(SwitchChecks.of(plan)));
        for (var node : cluster.cluster().nodes()) {
            if (isReached(plan.before(), node.name())) {
                var returns = returning.stream().anyMatch(each -> each.node().equals(node.name()));
                questions.add(() ->
                        returns ? ReturnChecks.withoutMask(proofs.service(node.name())) : proofs.service(node.name()));
                if (touchesServers(plan)) {
                    questions.add(() -> proofs.managers(node.name(), limits.acceptedManagers()));
                    if (needsRoom(plan, node.name())) {
                        questions.add(() -> proofs.space(node.name()));
                    }
                }
            }
        }
        returning.forEach(each -> questions.addAll(each.questions(cluster, proofs)));
        if (endsBlockers(plan)) {
            plan.before().primaries().forEach(primary -> questions.add(() -> proofs.ending(primary)));
        }
        plan.parts(Promote.class)
                .forEach(promote -> questions.addAll(
                        promote.concession().isPresent()
                                ? rescue(plan, promote, limits)
                                : move(plan, promote.of(), promote.target(), limits)));
        var findings = all(questions);
        return findings.and(rehearsal(plan, findings));
    }

    private static Findings rehearsal(Plan plan, Findings others) {
        var told = others.problems().isEmpty();
        return others.hasErrors()
                ? Findings.none()
                : Findings.of(RehearsedPlan.of(plan).problems().stream()
                        .filter(problem -> told || problem.isError())
                        .toList());
    }

    /// Whether it does more to servers than look at them.
    private static boolean touchesServers(Plan plan) {
        return plan.parts()
                .anyMatch(
                        part -> part instanceof NodeStep && !(part instanceof Check) && !(part instanceof Checkpoint));
    }

    /// A failover needs room where it promotes. A full disk may be why the old primary is lost.
    private static boolean needsRoom(Plan plan, NodeName node) {
        return plan.parts(Promote.class)
                .allMatch(promote ->
                        promote.concession().isEmpty() || promote.target().equals(node));
    }

    private static boolean endsBlockers(Plan plan) {
        return plan.parts(PausePool.class).anyMatch(pause -> pause.limits().endsBlockers());
    }

    /// What could not be asked at all is told once, not by every question about it.
    private static boolean isReached(Topology topology, NodeName name) {
        return !(topology.state(name) instanceof NodeState.Unreachable);
    }

    /// What a promotion needs where the old primary is lost. Nothing is asked of that one.
    private List<Callable<Findings>> rescue(Plan plan, Promote promote, Limits limits) {
        var lost = promote.of();
        var candidate = promote.target();
        proofs.requireTemplates(candidate);
        var topology = plan.before();
        var questions = new ArrayList<Callable<Findings>>();
        var checks = new FailoverChecks(cluster, topology, lost, candidate);
        questions.add(() -> Findings.of(checks.losses(promote.concession().orElseThrow(), plan)));
        questions.add(() -> Findings.of(checks.poolers(promote.concession().orElseThrow())));
        questions.add(() -> Findings.of(ReplicationChecks.without(topology, lost, candidate)));
        if (ReplicationChecks.hasWalSenders(topology, candidate)) {
            topology.nodes().forEach((name, state) -> {
                if (!name.equals(candidate) && state instanceof NodeState.Standby) {
                    questions.add(() -> proofs.replicationLogin(name, candidate));
                }
            });
        }
        topology.poolers().forEach((name, state) -> {
            if (state instanceof PoolerState.Answering) {
                questions.add(() -> proofs.processes(name));
                questions.add(() -> PoolerChecks.drift(proofs, name, lost, limits.acceptDrift()));
            }
        });
        return questions;
    }

    private List<Callable<Findings>> move(Plan plan, NodeName oldPrimary, NodeName newPrimary, Limits limits) {
        proofs.requireTemplates(newPrimary);
        var topology = plan.before();
        var questions = new ArrayList<Callable<Findings>>();
        questions.add(() -> PrimaryChecks.findings(topology, oldPrimary, limits.drain(), endsBlockers(plan)));
        questions.add(() -> ReplicationChecks.findings(topology, oldPrimary, newPrimary));
        questions.add(() -> PoolerChecks.findings(topology, oldPrimary));
        if (ReplicationChecks.hasWalSenders(topology, newPrimary)) {
            for (var node : cluster.cluster().nodes()) {
                if (!node.name().equals(newPrimary) && isReached(topology, node.name())) {
                    questions.add(() -> proofs.replicationLogin(node.name(), newPrimary));
                }
            }
        }
        for (var pooler : cluster.cluster().poolers()) {
            if (topology.state(pooler.name()) instanceof PoolerState.Unreachable) {
                continue;
            }
            questions.add(() -> proofs.processes(pooler.name()));
            questions.add(() -> PoolerChecks.drift(proofs, pooler.name(), oldPrimary, limits.acceptDrift()));
            if (limits.trial()) {
                questions.add(() -> proofs.trial(pooler.name(), newPrimary));
            }
        }
        return questions;
    }

    /// One question that could not be asked must not hide what the others have found.
    private static Findings findings(Future<Findings> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException problem) {
                return Findings.of(problem.problems());
            }
            throw new IllegalStateException("a preflight check ended with a bug", e.getCause());
        }
    }

    private static Findings all(List<Callable<Findings>> questions) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = questions.stream().map(threads::submit).toList();
            var findings = Findings.none();
            for (var answer : answers) {
                findings = findings.and(findings(answer));
            }
            return findings;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Findings.of(List.of(Problem.error("interrupted", "the preflight was interrupted")));
        }
    }
}
