package io.heliosctl.run;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.control.Rehearsal;
import io.heliosctl.control.TemplateContext;
import io.heliosctl.runbook.Runbook;
import io.heliosctl.runbook.Runbooks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Journals of rehearsed runs, in a directory of the test's own.
public final class Journals {

    public static final RunId ID = new RunId("20261120T031207Z-main-7f3a");
    public static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T03:12:07Z"), ZoneOffset.UTC);

    private Journals() {}

    public static RunDirectory directory(Path path) {
        return new RunDirectory(path.resolve("heliosctl").resolve("runs"));
    }

    static Caller caller(String reason) {
        return new Caller("alice", Optional.empty(), "bastion", 4711, "0.1.0", reason);
    }

    static JournalHeader header(String reason) {
        return new JournalHeader(
                caller(reason), 12, Optional.empty(), Optional.of(new Answer("Go on?", "main", "alice")));
    }

    static Runbook runbook() {
        return new Runbooks(List.of()).find("switchover");
    }

    static Plan plan() {
        return new Planner(runbook(), Clusters.healthy(), Map.of("to", "pgdb2"))
                .plan(TemplateContext.cluster(Clusters.cluster()))
                .plan();
    }

    static FileJournal create(RunDirectory runs) {
        return create(runs, ID);
    }

    static FileJournal create(RunDirectory runs, RunId id) {
        return FileJournal.create(runs, id, header("planned").run(runbook(), plan(), "ab12"), CLOCK);
    }

    static FileJournal reopen(RunDirectory runs) {
        return FileJournal.reopen(runs, ID, header("again").resumed("resume"), CLOCK);
    }

    /// A switchover on the pretend cluster, from its header to its outcome.
    public static Outcome switchover(RunDirectory runs, RunId id) {
        return switchover(runs, id, Rehearsal.of(Clusters.healthy()));
    }

    static Outcome switchover(RunDirectory runs, RunId id, ClusterControl cluster) {
        try (var journal = create(runs, id)) {
            return run(cluster, journal);
        }
    }

    static Outcome run(ClusterControl cluster, Journal journal) {
        return new Executor(cluster, journal, new Silence(), new Interruption()).run(plan());
    }

    static byte[] bytes(RunDirectory runs) {
        try {
            return Files.readAllBytes(runs.journal(ID));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(RunDirectory runs, byte[] content) {
        try {
            Files.write(runs.journal(ID), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
