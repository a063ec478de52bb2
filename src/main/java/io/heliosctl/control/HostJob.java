package io.heliosctl.control;

import io.heliosctl.model.Amounts;
import io.heliosctl.model.Deadline;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.remote.Command;
import io.heliosctl.remote.Privilege;
import io.heliosctl.remote.Ran;
import io.heliosctl.remote.Remote;
import io.heliosctl.remote.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A long command on a host, which goes on when the connection or this program is gone.
///
/// @param name what its files are called: the same for the same job of the same run
/// @param word that only its command line has
record HostJob(Remote remote, String key, String name, String word) {

    private static final Duration LOOK = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration NEWS = Duration.ofSeconds(10);

    /// How long nothing may be heard of it.
    private static final Duration SILENCE = Duration.ofMinutes(5);

    /// What pg_rewind and pg_basebackup print of their progress.
    private static final Pattern PROGRESS = Pattern.compile("([0-9]+)/([0-9]+) kB \\(([0-9]+)%\\)");

    /// How a job stands.
    ///
    /// @param status of the command, once it has ended
    /// @param output the end of what it has printed
    record State(Kind kind, int status, String output) {

        boolean isRunning() {
            return kind == Kind.RUNNING;
        }

        boolean hasSucceeded() {
            return kind == Kind.ENDED && status == 0;
        }
    }

    /// What a job can be.
    enum Kind {
        /// It was never begun, or its host has booted since.
        NONE,
        RUNNING,
        ENDED,
        /// It was begun, is not there any more, and nobody knows how it ended.
        LOST
    }

    /// Begins it, unless it was begun before.
    ///
    /// @param commands made in this order; the first that fails is the last
    void begin(List<Privilege> commands) {
        var words =
                commands.stream().map(command -> Script.words(remote, command)).toList();
        var values = new ArrayList<>(List.of(key, name, JobScripts.RUNNER, Integer.toString(words.size())));
        values.addAll(Script.of("", List.of(), words).words());
        var said = ask(JobScripts.BEGIN, values);
        if (!said.startsWith("begun") && !said.startsWith("there")) {
            throw new ProblemException(
                    Problem.error("job-not-started", "%s: a long command did not start".formatted(remote.name()))
                            .detail(said.strip().replaceFirst("^failed ", "")));
        }
    }

    State state() {
        var said = ask(JobScripts.LOOK, List.of(key, name, word)).split("\n", 2);
        var output = said.length > 1 ? said[1] : "";
        if (said[0].startsWith("ended ")) {
            var status = said[0].substring("ended ".length()).strip();
            return new State(Kind.ENDED, status.matches("[0-9]{1,3}") ? Integer.parseInt(status) : 1, output);
        }
        return switch (said[0]) {
            case "running" -> new State(Kind.RUNNING, 0, output);
            case "lost" -> new State(Kind.LOST, 0, output);
            case "none" -> new State(Kind.NONE, 0, output);
            default ->
                throw new ProblemException(
                        Problem.error("job-unknown", "%s: a long command cannot be watched".formatted(remote.name()))
                                .detail(said[0]));
        };
    }

    /// Waits until it does not run any more.
    ///
    /// @param news hears of its progress every few seconds
    /// @throws ProblemException if it takes longer; it goes on all the same
    State await(Duration limit, Consumer<String> news) {
        var deadline = Deadline.in(limit);
        var heard = System.nanoTime();
        var told = System.nanoTime();
        while (true) {
            var state = heardOf(heard);
            if (state.isPresent()) {
                heard = System.nanoTime();
                if (!state.get().isRunning()) {
                    return state.get();
                }
                if (System.nanoTime() - told > NEWS.toNanos()) {
                    told = System.nanoTime();
                    progress(state.get().output()).ifPresent(news);
                }
            }
            if (deadline.hasPassed()) {
                throw stillRunning("It has not ended within %d s, and goes on.".formatted(limit.toSeconds()));
            }
            pause();
        }
    }

    /// A connection may break meanwhile, and be opened again.
    private Optional<State> heardOf(long heard) {
        try {
            return Optional.of(state());
        } catch (ProblemException e) {
            if (System.nanoTime() - heard > SILENCE.toNanos()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stillRunning("This program was asked to stop. What it has begun there goes on.");
        }
    }

    private ProblemException stillRunning(String detail) {
        return new ProblemException(
                Problem.error("job-running", "%s: a long command still runs".formatted(remote.name()))
                        .detail(detail)
                        .hint("Go on with it later: heliosctl resume"));
    }

    static Optional<String> progress(String output) {
        return latest(output)
                .map(last -> "%s of %s kB copied (%s %%)".formatted(last.group(1), last.group(2), last.group(3)));
    }

    /// How much it has copied, in words; empty if it has not said.
    static Optional<String> copied(String output) {
        return latest(output).map(last -> Amounts.bytes(Long.parseLong(last.group(1)) * 1024));
    }

    private static Optional<MatchResult> latest(String output) {
        return PROGRESS.matcher(output).results().reduce((first, last) -> last);
    }

    void forget() {
        ask(JobScripts.FORGET, List.of(key, name));
    }

    private String ask(String script, List<String> values) {
        var command = Command.script(script, values.toArray(String[]::new)).timeout(LOOK);
        return switch (remote.run(command)) {
            case Ran.Exited exited when exited.ok() -> exited.text();
            case Ran.Exited exited -> throw silent(exited.errorText().strip());
            case Ran.Signalled signalled -> throw silent("SIG" + signalled.signal() + " ended it");
            case Ran.NoAnswer none -> throw silent(none.reason());
        };
    }

    private ProblemException silent(String reason) {
        return new ProblemException(
                Problem.error("no-answer", "%s: no answer about a long command".formatted(remote.name()))
                        .detail(reason));
    }
}
