package io.heliosctl.control;

import io.heliosctl.model.Bytes;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.UnknownOutcomeException;
import io.heliosctl.remote.Command;
import io.heliosctl.remote.Ran;
import java.util.List;
import java.util.stream.Stream;

/// Runs the site's own commands on the hosts of a cluster.
final class Errands {

    private final Hosts hosts;

    Errands(Hosts hosts) {
        this.hosts = hosts;
    }

    Errand.Result run(String host, Errand errand) {
        var remote = hosts.remote(host).orElseThrow(() -> new ProblemException(hosts.problem(host)));
        var become = errand.as().map(remote::become).orElse(List.of());
        var words = Stream.concat(become.stream(), errand.words().stream()).toList();
        var command = Command.exec(words).input(Bytes.of(errand.input())).timeout(errand.timeout());
        return switch (remote.run(command)) {
            case Ran.Exited exited -> new Errand.Result(exited.status(), exited.text(), exited.errorText());
            case Ran.Signalled ended ->
                throw new ProblemException(Problem.error(
                                "command-killed", "the command on %s was ended by a signal".formatted(host))
                        .detail("Signal %s. %s"
                                .formatted(ended.signal(), ended.errors().text().strip()))
                        .hint("Look there who ended it, such as the kernel's out-of-memory killer."));
            case Ran.NoAnswer none ->
                throw new UnknownOutcomeException(
                        Problem.error("no-answer", "the command was sent to %s and not answered".formatted(host))
                                .detail(none.reason() + ".")
                                .hint("Look on the host whether it still runs; a larger timeout may help."));
        };
    }
}
