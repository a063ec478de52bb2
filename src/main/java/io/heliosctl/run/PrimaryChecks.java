package io.heliosctl.run;

import io.heliosctl.control.Findings;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState.OldTransaction;
import io.heliosctl.model.NodeState.Primary;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What on the primary would make a planned stop slow or PAUSE hang.
final class PrimaryChecks {

    /// A fast stop archives everything that is ready before its processes end; more than this is a backlog.
    private static final int ARCHIVE_BACKLOG = 16;

    private PrimaryChecks() {}

    /// @param endsBlockers whether sessions that PAUSE waits for are ended
    static Findings findings(Topology topology, NodeName name, Duration drain, boolean endsBlockers) {
        return Findings.of(
                of(topology, name, drain, endsBlockers),
                name.value(),
                "no transaction older than %d s; archiving keeps up".formatted(drain.toSeconds()));
    }

    static List<Problem> of(Topology topology, NodeName name, Duration drain, boolean endsBlockers) {
        if (!(topology.state(name) instanceof Primary primary)) {
            return List.of(Problem.error("not-a-primary", name + " is not a primary")
                    .detail(Candidates.describe(topology.state(name))));
        }
        var problems = new ArrayList<Problem>();
        problems.addAll(transactions(name, primary, drain, endsBlockers));
        problems.addAll(archiver(name, primary));
        if (!primary.facts().preparedTransactions().isEmpty()) {
            problems.add(Problem.warning("prepared-transactions", name + " has prepared transactions")
                    .detail("They survive and keep their locks on the new primary: %s."
                            .formatted(String.join(", ", primary.facts().preparedTransactions())))
                    .hint("End them with COMMIT PREPARED or ROLLBACK PREPARED."));
        }
        return problems;
    }

    private static List<Problem> transactions(NodeName name, Primary primary, Duration drain, boolean endsBlockers) {
        var old = primary.facts().oldTransactions().stream()
                .filter(transaction -> transaction.age().compareTo(drain) > 0)
                .toList();
        if (old.isEmpty()) {
            return List.of();
        }
        var described = old.stream().map(PrimaryChecks::describe).collect(Collectors.joining("; "));
        if (endsBlockers) {
            return List.of(Problem.warning(
                            "old-transactions",
                            "%s has transactions older than %d s".formatted(name, drain.toSeconds()))
                    .detail("Those that PAUSE waits for will be ended: " + described + "."));
        }
        return List.of(Problem.error(
                        "old-transactions", "%s has transactions older than %d s".formatted(name, drain.toSeconds()))
                .detail("PAUSE would wait for them: " + described + ".")
                .hint(("End them, for example with \"SELECT pg_terminate_backend(%d)\", or allow more with --drain; "
                                + "--terminate-blockers ends those that PAUSE waits for.")
                        .formatted(old.getFirst().pid())));
    }

    private static String describe(OldTransaction transaction) {
        return "pid %d, %s on %s, for %d s"
                .formatted(
                        transaction.pid(),
                        transaction.user(),
                        transaction.database(),
                        transaction.age().toSeconds());
    }

    private static String waiting(int segments) {
        return Sentence.count(segments, "segment") + (segments == 1 ? " waits" : " wait");
    }

    private static List<Problem> archiver(NodeName name, Primary primary) {
        var facts = primary.facts();
        var hint = "Mend archive_command (see the server log on %s), or wait until it has caught up: a stopping server "
                        .formatted(name)
                + "archives the rest first.";
        if (facts.archiveFailing()) {
            return List.of(Problem.error("archiver-failing", "archiving fails on " + name)
                    .detail("The last attempt failed; %s to be archived.".formatted(waiting(facts.archiveReady())))
                    .hint(hint));
        }
        if (facts.archiveReady() > ARCHIVE_BACKLOG) {
            return List.of(Problem.error("archiver-behind", "archiving is behind on " + name)
                    .detail("%s to be archived; %d may.".formatted(waiting(facts.archiveReady()), ARCHIVE_BACKLOG))
                    .hint(hint));
        }
        return List.of();
    }
}
