package io.heliosctl.postgres;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.UnknownOutcomeException;
import io.heliosctl.remote.Command;
import io.heliosctl.remote.Permit;
import io.heliosctl.remote.Privilege;
import io.heliosctl.remote.Ran;
import io.heliosctl.remote.Ran.Exited;
import io.heliosctl.remote.Ran.NoAnswer;
import io.heliosctl.remote.Ran.Signalled;
import io.heliosctl.remote.Remote;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Runs commands on the node's host and turns refusals into problems.
final class Host {

    /// Messages are parsed, so they must be the untranslated ones; sudo lets `LC_ALL` through (sudoers(5),
    /// env_check).
    private static final String EXEC = "LC_ALL=C; export LC_ALL; exec \"$@\" </dev/null";

    /// What a shell ends with if there is no such program (POSIX, "Exit Status for Commands").
    private static final int NOT_FOUND = 127;

    private final Remote remote;

    Host(Remote remote) {
        this.remote = remote;
    }

    String name() {
        return remote.name();
    }

    /// Runs a command that only looks. Its exit status is an answer.
    ///
    /// @throws ProblemException if there was no answer
    Exited look(Privilege command, Duration limit) {
        return look(words(command), limit);
    }

    Exited look(List<String> words, Duration limit) {
        return answered(words, remote.run(command(EXEC, words).timeout(limit)), false);
    }

    /// Runs a command that changes the host, and needs it to succeed.
    ///
    /// @throws UnknownOutcomeException if it was sent and not answered
    Exited change(Privilege command, Duration limit) {
        var words = words(command);
        var exited = answered(words, remote.run(command(EXEC, words).timeout(limit)), true);
        if (!exited.ok()) {
            throw refused(words, exited);
        }
        return exited;
    }

    /// The same, if it is still permitted when it arrives.
    Exited change(Privilege command, Duration limit, Optional<Permit> permit) {
        if (permit.isEmpty()) {
            return change(command, limit);
        }
        var words = words(command);
        var guarded = permit.get().guard(command(EXEC, words).timeout(limit));
        var exited = answered(words, remote.run(guarded), true);
        if (exited.status() == Permit.TOO_LATE) {
            throw new ProblemException(Problem.error("too-late", "%s: a command came too late".formatted(name()))
                    .detail("Its dead-man's switch is not armed any more, or a later run has begun. Not made: "
                            + String.join(" ", words))
                    .hint("Run \"heliosctl status\"."));
        }
        if (!exited.ok()) {
            throw refused(words, exited);
        }
        return exited;
    }

    /// Runs a script that only looks, over and over until it has seen something. The values come first, then
    /// the command's words.
    Exited watch(String script, Privilege command, Duration limit, String... values) {
        var words = words(command);
        var all = Stream.concat(Stream.of(values), words.stream()).toList();
        return answered(words, remote.run(command(script, all).timeout(limit)), false);
    }

    ProblemException refused(List<String> words, Exited exited) {
        var said = (exited.errorText() + "\n" + exited.text()).strip();
        if (said.startsWith("sudo:")) {
            return new ProblemException(
                    Problem.error("sudo-refused", "%s: sudo does not allow a command".formatted(name()))
                            .detail(String.join(" ", words) + "\n" + said)
                            .hint("Install there what \"heliosctl inventory sudoers %s\" prints.".formatted(name())));
        }
        if (exited.status() == NOT_FOUND) {
            return new ProblemException(Problem.error("program-missing", "%s: a program is not there".formatted(name()))
                    .detail(words.stream()
                            .filter(word -> word.startsWith("/"))
                            .findFirst()
                            .orElse(said))
                    .hint("Install it there, or correct its place in the inventory, such as \"bin_dir\"."));
        }
        return new ProblemException(
                Problem.error("command-failed", "%s: a command ended with status %d".formatted(name(), exited.status()))
                        .detail(String.join(" ", words) + "\n" + said));
    }

    private List<String> words(Privilege command) {
        return Stream.concat(remote.become(command.user()).stream(), command.words().stream())
                .toList();
    }

    private static Command command(String script, List<String> values) {
        return Command.script(script, values.toArray(String[]::new));
    }

    private Exited answered(List<String> words, Ran ran, boolean changing) {
        return switch (ran) {
            case Exited exited -> exited;
            case Signalled signalled -> throw noAnswer(words, "ended by SIG" + signalled.signal(), changing);
            case NoAnswer nothing -> throw noAnswer(words, nothing.reason(), changing);
        };
    }

    private ProblemException noAnswer(List<String> words, String reason, boolean changing) {
        var problem = Problem.error("no-answer", "%s: no answer to a command".formatted(name()))
                .detail(String.join(" ", words) + "\n" + reason);
        return changing ? new UnknownOutcomeException(problem) : new ProblemException(problem);
    }
}
