package io.heliosctl.run;

import io.heliosctl.model.Problem;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Runs of this machine and user that somebody has to go on with.
public final class UnfinishedRuns {

    private UnfinishedRuns() {}

    /// Those of one cluster, newest first.
    public static List<RunStory> of(RunDirectory directory, String cluster) {
        return Runs.of(directory).ofCluster(cluster).stories().stream()
                .filter(story -> story.standing().isOpen())
                .toList();
    }

    /// Why no other run may begin on a cluster; empty if it may.
    ///
    /// @param givenUp the run that is closed by the one to begin, if there is one
    public static Optional<Problem> problem(RunDirectory directory, String cluster, Optional<String> givenUp) {
        return of(directory, cluster).stream()
                .filter(story -> !givenUp.equals(Optional.of(story.id().value())))
                .findFirst()
                .map(UnfinishedRuns::problem);
    }

    private static Problem problem(RunStory story) {
        var id = story.id();
        var header = story.history().header();
        var problem = Problem.error("unfinished-run", "cluster %s has an unfinished run".formatted(header.cluster()))
                .detail("Run %s (%s) by %s since %s: %s."
                        .formatted(
                                id,
                                header.runbook(),
                                header.user(),
                                header.since(),
                                story.standing().words()));
        if (!story.flaws().isEmpty()) {
            return problem.hint(
                    ("Nobody can go on with it: its journal is not as it was written (heliosctl runs verify %1$s). Look at "
                                    + "the cluster with \"heliosctl status\", then move the directory of %1$s away from the others.")
                            .formatted(id));
        }
        return problem.hint(
                ("Finish it: heliosctl resume %1$s. Or, as long as nothing was promoted, take it back: heliosctl rollback "
                                + "%1$s. Only if it can never be finished, give it up: add --break-lock %1$s")
                        .formatted(id));
    }

    /// Closes a run in its journal that nobody can go on with any more, if it is one of this machine and
    /// open.
    ///
    /// @param id as typed; it names no run of this machine if somebody else's locks were broken
    /// @param by the run that breaks its locks
    public static void abandon(RunDirectory directory, String id, RunId by, JournalHeader header) {
        Runs.of(directory).stories().stream()
                .filter(story -> story.id().value().equals(id)
                        && story.standing().isOpen()
                        && story.flaws().isEmpty())
                .findFirst()
                .ifPresent(story -> {
                    try (var journal =
                            FileJournal.reopen(directory, story.id(), header.resumed("abandon"), Clock.systemUTC())) {
                        journal.abandoned(by);
                    }
                });
    }
}
