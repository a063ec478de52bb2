package io.heliosctl.loopback;

import io.heliosctl.bed.WriteSampler;
import io.heliosctl.demo.LoopbackNode;
import io.heliosctl.demo.Writers;
import io.heliosctl.step.PausePool;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// One case: the primary is killed under load, the failover is killed too, and somebody comes back or nobody.
final class FailoverRound {

    private static final int WRITERS = 4;
    private static final Duration SOMEBODY = Duration.ofSeconds(60);
    private static final Duration ALL = Duration.ofMinutes(3);
    private static final int PROMOTE = 6;

    /// An acknowledged row has a record of its own and one of its commit in the WAL: never less than that.
    private static final long ROW = 80;

    private static final int DONE = 0;
    private static final int REFUSED = 4;
    private static final int OWED = 7;

    private final Stage stage;
    private final KillCase kill;
    private final List<String> violations = new ArrayList<>();
    private final List<Integer> exits = new ArrayList<>();
    private List<Doorbell> bells = List.of();
    private String run = "";
    private long killed;

    private FailoverRound(Stage stage, KillCase kill) {
        this.stage = stage;
        this.kill = kill;
    }

    /// Plays it on a stage that is healthy, and leaves it healthy.
    static KillVerdict play(Stage stage, KillCase kill) throws SQLException {
        return new FailoverRound(stage, kill).play();
    }

    private KillVerdict play() throws SQLException {
        var begun = System.nanoTime();
        var cluster = stage.bed().cluster();
        var lost = cluster.primary();
        long errors;
        try (var sampler = WriteSampler.start(stage.doors())) {
            var writers = Writers.start(cluster, WRITERS, Duration.ofMillis(5));
            awaitRows(writers);
            lost.kill();
            bells = stage.kill(kill.point(), 50, "failover", "--yes", "--rather-than-start");
            killed = System.nanoTime();
            run = stage.run();
            comeBack();
            var promoted = expectTruth(lost);
            // Before it is healed: what only the lost primary had is not to be seen by then.
            heal(lost, promoted);
            bells.forEach(bell -> bell.complaint(ALL, false).ifPresent(violations::add));
            var report = writers.stop();
            errors = report.errors();
            expectLoss(promoted, report.lost());
            violations.addAll(stage.truth().complaints());
            var order = sampler.writableInOrder();
            expect("one node is writable at a time", order.size() <= 2, "one after the other were: " + order);
        }
        var unserved =
                bells.stream().map(Doorbell::waited).max(Duration::compareTo).orElse(Duration.ZERO);
        if (!violations.isEmpty()) {
            violations.add("what was printed:\n" + stage.operator().said());
        }
        return new KillVerdict(kill, exits, unserved, errors, violations, Duration.ofNanos(System.nanoTime() - begun));
    }

    private static void awaitRows(Writers writers) {
        var end = System.nanoTime() + SOMEBODY.toNanos();
        while (writers.acknowledged() < 100) {
            if (System.nanoTime() > end) {
                throw new AssertionError("nobody writes");
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    private void comeBack() {
        switch (kill.ending()) {
            case RESUME -> call("resume");
            case ROLLBACK -> {
                call("rollback");
                if (exits.getFirst() == REFUSED) {
                    call("resume");
                }
            }
            case NOBODY -> {
                notHeld(PausePool.BUDGET.plusSeconds(2));
                call("resume");
            }
        }
        if (kill.ending() != KillCase.Ending.NOBODY) {
            expect("nobody is held any more", stage.truth().held().isEmpty(), "exits " + exits);
        }
    }

    /// Whether the poolers are paused; that clients wait there for a server that has gone is another matter.
    private void notHeld(Duration limit) {
        var end = killed + limit.toNanos();
        var held = stage.truth().held();
        while (!held.isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(100_000_000);
            held = stage.truth().held();
        }
        expect("nobody is held longer than " + limit, held.isEmpty(), "held: " + held);
    }

    /// @return whether somebody has taken the lost primary's place
    private boolean expectTruth(LoopbackNode lost) {
        var word = stage.history(run).outcome().orElse("none");
        var primary = stage.truth().primary();
        var promoted = primary.filter(name -> !name.equals(lost.name())).isPresent();
        expect(
                "what is said is true",
                word.equals(promoted ? "succeeded" : "rolled_back"),
                "%s, and primary is %s, exits %s".formatted(word, primary, exits));
        expect("the exit code is true", exits.getLast() == (promoted ? OWED : DONE), word + ", exits " + exits);
        if (kill.ending() != KillCase.Ending.ROLLBACK) {
            expect("a resumed failover is finished", promoted, "exits " + exits);
        } else if (kill.point().step() < PROMOTE) {
            expect("it is taken back", !promoted, "exits " + exits);
        }
        var summary = stage.truth().summary();
        call("resume");
        expect("a second resume has nothing to do", exits.getLast() == DONE, "exits " + exits);
        expect("a second resume changes nothing", stage.truth().summary().equals(summary), summary);
        return promoted;
    }

    /// Without a promotion nothing is lost: it runs again with everything it had.
    private void expectLoss(boolean promoted, long rows) {
        var announced = promoted ? announced().orElse(16L << 20) : 0;
        expect(
                "no more is lost than was announced",
                rows * ROW <= announced,
                "%d rows, %d bytes".formatted(rows, announced));
    }

    /// What the promotion has said; not known where that was killed before it could say it.
    private Optional<Long> announced() {
        return stage.history(run).entries().stream()
                .filter(entry -> entry.step() == PROMOTE && entry.remark().startsWith("at most "))
                .map(entry -> entry.remark().split(" ", -1))
                .map(words -> Math.round(Double.parseDouble(words[2]) * unit(words[3])))
                .findFirst();
    }

    private static long unit(String word) {
        return switch (word) {
            case "B" -> 1;
            case "kB" -> 1 << 10;
            case "MB" -> 1 << 20;
            default -> throw new AssertionError("not a unit: " + word);
        };
    }

    /// Makes the cluster whole again: a primary that was lost is a new standby, or it runs again where nobody
    /// has taken its place.
    private void heal(LoopbackNode lost, boolean replaced) {
        var cluster = stage.bed().cluster();
        if (replaced) {
            lost.cloneAgain(cluster.primary());
        } else if (!lost.isRunning()) {
            lost.start();
        }
        cluster.awaitStreaming(cluster.primary());
    }

    private void call(String command) {
        exits.add(stage.operator().calls(stage.bed().cluster().inventory(), command, run, "--yes"));
    }

    private void expect(String what, boolean holds, String seen) {
        if (!holds) {
            violations.add(what + "; " + seen);
        }
    }
}
