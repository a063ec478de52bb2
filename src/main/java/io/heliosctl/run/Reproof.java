package io.heliosctl.run;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.Problem;
import io.heliosctl.step.PausePool;
import io.heliosctl.step.ResumePool;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Looks at everything again after this program did not run for a while, as long as all can be taken back.
final class Reproof {

    private final ClusterControl cluster;

    Reproof(ClusterControl cluster) {
        this.cluster = cluster;
    }

    /// What is not any more as this run left it; empty if it may go on.
    List<Problem> problems(Plan plan, List<StepRecord> records) {
        var now = cluster.observe();
        var problems = new ArrayList<Problem>();
        var before = plan.fingerprint();
        var after = Fingerprint.of(now);
        after.nodes().forEach((name, line) -> {
            if (before.nodes().containsKey(name) && !before.nodes().get(name).equals(line)) {
                problems.add(changed("%s was on timeline %s of %s and is on timeline %s of %s."
                        .formatted(
                                name,
                                before.nodes().get(name).timeline(),
                                before.nodes().get(name).systemId(),
                                line.timeline(),
                                line.systemId())));
            }
        });
        after.primaries().stream()
                .filter(name -> !before.primaries().contains(name))
                .forEach(name -> problems.add(changed("%s is a primary now.".formatted(name))));
        for (var name : paused(records)) {
            if (!(now.state(name) instanceof PoolerState.Answering pooler && pooler.isPaused())) {
                problems.add(Problem.error("not-paused", "pooler " + name + " is not paused any more")
                        .detail("This program was asleep for a while, and this run had paused it before.")
                        .hint("Start again."));
            }
        }
        return problems;
    }

    private static Problem changed(String detail) {
        return Problem.error("cluster-changed", "the cluster has changed while this program was asleep")
                .detail(detail)
                .hint("Look at it with \"heliosctl status\".");
    }

    /// The poolers this run has paused and not let clients in of since.
    static Set<PoolerName> paused(List<StepRecord> records) {
        var names = new LinkedHashSet<PoolerName>();
        for (var record : records) {
            for (var result : record.results()) {
                if (result.step() instanceof PausePool pause && result.status() == PartResult.Status.CHANGED) {
                    names.add(pause.target());
                } else if (result.step() instanceof ResumePool resume) {
                    names.remove(resume.target());
                }
            }
        }
        return names;
    }
}
