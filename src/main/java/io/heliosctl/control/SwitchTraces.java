package io.heliosctl.control;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.SwitchTrace;
import io.heliosctl.remote.Command;
import io.heliosctl.remote.Ran;
import io.heliosctl.remote.Remote;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the hosts know of a cluster's dead-man's switches, of any run.
///
/// @param hosts every host that was reached
/// @param key what the files of this cluster are called
record SwitchTraces(List<Remote> hosts, String key) {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    /// Those that are armed, and those that have fired and not been forgotten. A host that does not answer has
    /// none to tell of.
    List<SwitchTrace> list() {
        return InParallel.map(hosts, this::list).stream()
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    private List<SwitchTrace> list(Remote host) {
        try {
            return ask(host);
        } catch (ProblemException e) {
            return List.of();
        }
    }

    /// The same of every host.
    ///
    /// @throws ProblemException if a host does not tell
    List<SwitchTrace> all() {
        return InParallel.map(hosts, this::ask).stream()
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    private List<SwitchTrace> ask(Remote host) {
        if (host.run(Command.script(SwitchScripts.LIST, key).timeout(LIMIT)) instanceof Ran.Exited exited
                && exited.ok()) {
            return exited.text().lines().flatMap(line -> parse(line).stream()).toList();
        }
        throw new ProblemException(Problem.error(
                        "switch-unanswered", host.name() + " did not say whether a dead-man's switch is armed there")
                .hint("Run \"heliosctl status\"."));
    }

    /// Forgets those that have fired and ended.
    ///
    /// @param run of that run only
    void forget(Optional<String> run) {
        InParallel.map(
                hosts,
                host -> host.run(Command.script(SwitchScripts.FORGET, key, run.orElse(""))
                        .timeout(LIMIT)));
    }

    /// A line of [SwitchScripts#LIST].
    static Optional<SwitchTrace> parse(String line) {
        var parts = line.split("\t", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        var first = Stream.of(parts[2].split(" ", -1)).toList();
        if (first.size() < 2) {
            return Optional.empty();
        }
        if (parts[0].equals("armed") && parts[1].matches("-?[0-9]{1,9}")) {
            return Optional.of(new SwitchTrace(
                    first.get(1),
                    first.get(0),
                    SwitchTrace.State.ARMED,
                    Optional.of(Duration.ofSeconds(Math.max(0, Long.parseLong(parts[1])))),
                    Optional.empty(),
                    parts[3],
                    ""));
        }
        var fired = SwitchState.fired(parts[3]);
        return Optional.of(new SwitchTrace(
                first.get(1),
                first.get(0),
                fired.state(),
                Optional.empty(),
                fired.at(),
                fired.mode(),
                fired.outcome()));
    }
}
