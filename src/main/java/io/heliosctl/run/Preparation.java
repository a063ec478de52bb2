package io.heliosctl.run;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.step.Step;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// What steps do ahead of time and has no effect yet, each part in a thread of its own. While clients are
/// served they must not wait for it, so all of it ends before the first step; where they are out of service
/// already, a step waits only for what it needs itself.
final class Preparation {

    private final ClusterControl cluster;
    private final Map<Step, CompletableFuture<List<Problem>>> parts = new LinkedHashMap<>();

    private Preparation(ClusterControl cluster) {
        this.cluster = cluster;
    }

    /// Begins with all of these.
    static Preparation begin(ClusterControl cluster, Collection<Step> parts) {
        var preparation = new Preparation(cluster);
        parts.forEach(part -> preparation.parts.put(part, preparation.begin(part)));
        return preparation;
    }

    /// What is only pretended goes in order, so that it goes the same way each time.
    private CompletableFuture<List<Problem>> begin(Step part) {
        return cluster.scene().isPretended()
                ? CompletableFuture.completedFuture(prepare(part))
                : CompletableFuture.supplyAsync(
                        () -> prepare(part), task -> Thread.ofVirtual().start(task));
    }

    private List<Problem> prepare(Step part) {
        try {
            part.prepare(cluster);
            return List.of();
        } catch (ProblemException e) {
            return e.problems();
        } catch (RuntimeException e) {
            return List.of(StepRunner.bug(part, e));
        }
    }

    /// Waits for all of it.
    ///
    /// @return why it failed; empty if it did not
    List<Problem> await() {
        return await(parts.keySet());
    }

    /// Waits for what that step needs.
    ///
    /// @return why it failed; empty if it did not
    List<Problem> await(PlannedStep step) {
        return await(List.copyOf(step.parts()));
    }

    private List<Problem> await(Collection<Step> wanted) {
        return wanted.stream()
                .filter(parts::containsKey)
                .flatMap(part -> parts.get(part).join().stream())
                .toList();
    }
}
