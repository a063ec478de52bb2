package io.heliosctl.health;

import io.heliosctl.model.PoolerName;
import io.heliosctl.model.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// That clients can write: one record through every pooler.
final class WriteCheck implements HealthCheck {

    @Override
    public CheckResult of(CheckSubject subject) {
        var result = subject.result("write");
        var answers = answers(subject);
        for (var answer : answers) {
            if (answer.problem().isPresent()) {
                result.wrong(ServiceState.CRITICAL, answer.problem().get());
                continue;
            }
            result.measure(
                    Metric.WRITE,
                    answer.pooler().value(),
                    answer.seconds(),
                    "a write through %s took %s".formatted(answer.pooler(), Metric.WRITE.text(answer.seconds())));
        }
        return result.build(
                answers.isEmpty() ? "no poolers to write through" : "clients can write through every pooler");
    }

    /// @param problem what is wrong with it, if anything
    private record Answer(PoolerName pooler, double seconds, Optional<String> problem) {}

    private static List<Answer> answers(CheckSubject subject) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = subject.topology().poolers().keySet().stream()
                    .map(pooler -> threads.submit(() -> ask(subject, pooler)))
                    .toList();
            var answers = new ArrayList<Answer>();
            for (var each : asked) {
                answers.add(each.get());
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a write ended with a bug", e.getCause());
        }
    }

    private static Answer ask(CheckSubject subject, PoolerName pooler) {
        var begin = System.nanoTime();
        try {
            var node = subject.cluster().writeThrough(pooler, subject.patience());
            var elsewhere = subject.primary()
                    .filter(primary -> !primary.value().equals(node))
                    .map(primary -> "a write through %s landed on %s".formatted(pooler, node));
            return new Answer(pooler, (System.nanoTime() - begin) / 1e9, elsewhere);
        } catch (ProblemException e) {
            return new Answer(pooler, 0, Optional.of(e.problems().getFirst().message()));
        }
    }
}
