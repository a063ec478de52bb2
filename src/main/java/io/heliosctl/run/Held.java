package io.heliosctl.run;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.step.HoldPool;
import io.heliosctl.step.KillPool;
import io.heliosctl.step.PausePool;
import io.heliosctl.step.ResumePool;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Clients that an unfinished run leaves waiting.
final class Held {

    private Held() {}

    /// The outcome, which also says at which poolers clients still wait.
    static Outcome.Unfinished said(Outcome.Unfinished open, ClusterControl cluster, List<StepRecord> records) {
        var waiting = held(records).stream()
                .filter(pooler -> mayBePaused(cluster, pooler))
                .map(PoolerName::value)
                .sorted()
                .collect(Collectors.joining(", "));
        if (waiting.isEmpty()) {
            return open;
        }
        var problems = new ArrayList<>(open.problems());
        problems.add(
                Problem.error("clients-wait", "clients wait at " + waiting)
                        .detail("This run has paused them and did not get to let them in.")
                        .hint(
                                "Go on: heliosctl resume. Otherwise their hosts let them in when the budget of the pause is over."));
        return new Outcome.Unfinished(problems);
    }

    /// The poolers whose clients this run may have shut out, and not let in since.
    private static Set<PoolerName> held(List<StepRecord> records) {
        var names = new LinkedHashSet<PoolerName>();
        for (var record : records) {
            for (var result : record.results()) {
                switch (result.step()) {
                    case ResumePool resume when !result.failed() -> names.remove(resume.target());
                    case PausePool pause when result.touched() -> names.add(pause.target());
                    case HoldPool hold when result.touched() -> names.add(hold.target());
                    case KillPool kill when result.touched() -> names.add(kill.target());
                    default -> {}
                }
            }
        }
        return names;
    }

    private static boolean mayBePaused(ClusterControl cluster, PoolerName pooler) {
        try {
            return cluster.isPaused(pooler);
        } catch (ProblemException e) {
            return true;
        }
    }
}
