package io.heliosctl.loopback;

import io.heliosctl.bed.WriteSampler;
import io.heliosctl.demo.Writers;
import io.heliosctl.run.History;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// One case: a switchover under load is killed, somebody comes back or nobody, and then all must hold that
/// always holds.
final class KillRound {

    private static final int WRITERS = 4;

    /// Exit code: nothing was changed.
    private static final int REFUSED = 4;

    /// What a new client may have to wait where somebody comes back, until that one is done; it includes the
    /// time this machine takes for it.
    private static final Duration SOMEBODY = Duration.ofSeconds(30);

    private final KillStage stages;
    private final Stage stage;
    private final KillCase kill;
    private final List<String> violations = new ArrayList<>();
    private final List<Integer> exits = new ArrayList<>();
    private List<Doorbell> bells = List.of();
    private String run = "";

    private KillRound(KillStage stages, KillCase kill) {
        this.stages = stages;
        this.stage = stages.next();
        this.kill = kill;
    }

    /// Plays it on a stage that is healthy.
    static KillVerdict play(KillStage stages, KillCase kill) throws SQLException {
        return new KillRound(stages, kill).play();
    }

    private KillVerdict play() throws SQLException {
        var begun = System.nanoTime();
        var cluster = stage.bed().cluster();
        var before = cluster.primary().name();
        var to = cluster.nodes().stream()
                .map(node -> node.name())
                .filter(name -> !name.equals(before))
                .findFirst()
                .orElseThrow();
        long errors = 0;
        try (var sampler = WriteSampler.start(stage.doors())) {
            var writers = Writers.start(cluster, WRITERS, Duration.ofMillis(5));
            bells = stage.kill(kill.point(), stages.usualMillis(kill.point().step()), words(to));
            run = stage.run();
            comeBack(before, to);
            violations.addAll(stage.truth().complaints());
            var report = writers.stop();
            errors = report.errors();
            expect("no acknowledged row is lost", report.lost() == 0, report.lost() + " are");
            expect("clients only wait", mayErr() || errors == 0, report.firstError());
            var order = sampler.writableInOrder();
            expect("one node is writable at a time", order.size() <= 2, "one after the other were: " + order);
        } catch (IllegalStateException | AssertionError e) {
            violations.add(e.toString());
        }
        var unserved =
                bells.stream().map(Doorbell::waited).max(Duration::compareTo).orElse(Duration.ZERO);
        if (!violations.isEmpty()) {
            violations.add("what was printed:\n" + stage.operator().said());
            stages.spoil();
        }
        var took = Duration.ofNanos(System.nanoTime() - begun);
        return new KillVerdict(kill, exits, unserved, errors, violations, took);
    }

    /// Where nobody comes back, the hosts do not wait as long as they usually do.
    private String[] words(String to) {
        return kill.ending() == KillCase.Ending.NOBODY
                ? new String[] {
                    "run",
                    "switchover",
                    "--yes",
                    "--set",
                    "to=" + to,
                    "--set",
                    "pause_budget=%ds".formatted(KillCase.BUDGET.toSeconds()),
                    "--set",
                    "stop_budget=%ds".formatted(KillCase.STOP_BUDGET.toSeconds())
                }
                : new String[] {"switchover", "--yes", "--to", to};
    }

    private void comeBack(String before, String to) {
        switch (kill.ending()) {
            case RESUME -> {
                call("resume");
                served(SOMEBODY);
                expect("a resumed run is finished", exits.getFirst() == 0, "exit " + exits);
            }
            case ROLLBACK -> {
                call("rollback");
                if (exits.getFirst() == REFUSED) {
                    call("resume");
                }
                served(SOMEBODY);
            }
            case NOBODY -> {
                served(KillCase.BUDGET.plusSeconds(2));
                call("resume");
            }
        }
        expectTruth(before, to);
        expectNothingMoreToDo();
    }

    private void expectTruth(String before, String to) {
        var history = stage.history(run);
        var word = history.outcome().orElse("none");
        expect("the run has ended", word.equals("succeeded") || word.equals("rolled_back"), word + ", exits " + exits);
        var primary = stage.truth().primary();
        var believed = word.equals("rolled_back") ? before : to;
        expect("what is said is true", primary.equals(Optional.of(believed)), word + ", and primary is " + primary);
        var expected = kill.ending() != KillCase.Ending.ROLLBACK && word.equals("rolled_back") ? 5 : 0;
        expect("the exit code is true", exits.getLast() == expected, word + ", exits " + exits);
        expectEnds(history, word.equals("rolled_back"));
    }

    /// A step of a run that was taken back may have been in doubt and without an undo: then that is the end
    /// of it.
    private void expectEnds(History history, boolean takenBack) {
        var ended = history.entries().stream()
                .filter(entry -> entry.status().isPresent())
                .map(entry -> entry.step() + entry.target() + entry.takingBack())
                .collect(Collectors.toSet());
        history.entries().stream()
                .filter(entry -> entry.takingBack() || !takenBack)
                .filter(entry -> !ended.contains(entry.step() + entry.target() + entry.takingBack()))
                .forEach(entry -> violations.add("every step begun has an end in the journal; not " + entry));
    }

    private void expectNothingMoreToDo() {
        var summary = stage.truth().summary();
        call("resume");
        expect("a second resume has nothing to do", exits.getLast() == 0, "exits " + exits);
        var after = stage.truth().summary();
        expect("a second resume changes nothing", after.equals(summary), summary + ", then " + after);
    }

    private void call(String command) {
        exits.add(stage.operator().calls(stage.bed().cluster().inventory(), command, run, "--yes"));
    }

    private void served(Duration limit) {
        bells.forEach(bell -> bell.complaint(limit, mayBeTurnedAway()).ifPresent(violations::add));
    }

    /// Nobody is primary where a run dies between the last word before the promotion and the promotion: clients
    /// are let in, and told so.
    private boolean mayBeTurnedAway() {
        return kill.ending() == KillCase.Ending.NOBODY && kill.point().step() == 7;
    }

    /// Where nobody comes back, a client may be told that its server has gone; it asks again then.
    private boolean mayErr() {
        return kill.ending() == KillCase.Ending.NOBODY;
    }

    private void expect(String what, boolean holds, String seen) {
        if (!holds) {
            violations.add(what + "; " + seen);
        }
    }
}
