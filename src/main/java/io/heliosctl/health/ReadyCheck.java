package io.heliosctl.health;

import io.heliosctl.control.TemplateContext;
import io.heliosctl.model.Problem;
import io.heliosctl.run.Planner;
import io.heliosctl.run.Preflight;
import io.heliosctl.run.RefusedException;
import io.heliosctl.run.UnfinishedRuns;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether the primary could be moved right now, and to whom: the whole preflight of a switchover.
final class ReadyCheck implements HealthCheck {

    @Override
    public CheckResult of(CheckSubject subject) {
        var result = subject.result("ready");
        UnfinishedRuns.problem(subject.runs(), subject.topology().cluster().name(), Optional.empty())
                .ifPresent(problem -> result.wrong(ServiceState.WARNING, problem.message()));
        subject.switches().stream()
                .filter(trace -> !trace.hasEnded())
                .findFirst()
                .ifPresent(trace -> result.wrong(
                        ServiceState.WARNING, "the dead-man's switch of %s is armed".formatted(trace.target())));
        try {
            var planned = new Planner(subject.switchover(), subject.topology(), Map.of())
                    .plan(TemplateContext.cluster(subject.topology().cluster()));
            var limits = new Preflight.Limits(Duration.ofSeconds(10), false, Set.of(), false);
            var findings = new Preflight(subject.cluster(), subject.proofs()).of(planned.plan(), limits);
            refused(findings.problems().stream().filter(Problem::isError).toList(), ServiceState.WARNING, result);
            return result.build(
                    "could switch over to " + planned.ranking().getFirst().node());
        } catch (RefusedException e) {
            refused(e.problems(), ServiceState.CRITICAL, result);
            return result.build("");
        }
    }

    private static void refused(List<Problem> problems, ServiceState severity, CheckResult.Builder result) {
        if (problems.isEmpty()) {
            return;
        }
        var more = problems.size() == 1 ? "" : " (and %d more)".formatted(problems.size() - 1);
        result.wrong(
                severity,
                "a switchover would be refused: " + problems.getFirst().message() + more);
    }
}
