package io.heliosctl.remote;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.util.List;
import java.util.Optional;

/// What an OpenSSH configuration says about one host. As in ssh(1) the first value of a keyword counts.
///
/// @param name as it was asked for
/// @param lines those that apply to it
record OpenSshHost(String name, List<OpenSshConfig.Line> lines) {

    /// The first value, unless it is `none`.
    Optional<String> first(String keyword) {
        return lines.stream()
                .filter(line -> line.keyword().equals(keyword) && !line.words().isEmpty())
                .map(line -> line.words().getFirst())
                .findFirst()
                .filter(word -> !word.equalsIgnoreCase("none"));
    }

    List<String> all(String keyword) {
        return lines.stream()
                .filter(line -> line.keyword().equals(keyword))
                .flatMap(line -> line.words().stream())
                .filter(word -> !word.equalsIgnoreCase("none"))
                .toList();
    }

    boolean isYes(String keyword) {
        return first(keyword).filter(word -> word.equalsIgnoreCase("yes")).isPresent();
    }

    Optional<Integer> port() {
        return first("port").map(word -> {
            try {
                return Integer.valueOf(word);
            } catch (NumberFormatException e) {
                throw new ProblemException(refusal("Port " + word), e);
            }
        });
    }

    /// The jump hosts; whichever of `ProxyJump` and `ProxyCommand` comes first counts.
    Optional<String> proxyJump() {
        Optional<OpenSshConfig.Line> proxy = lines.stream()
                .filter(line ->
                        line.keyword().equals("proxyjump") || line.keyword().equals("proxycommand"))
                .findFirst()
                .filter(line -> !line.words().equals(List.of("none")));
        if (proxy.filter(line -> line.keyword().equals("proxycommand")).isPresent()) {
            throw new ProblemException(
                    refusal("ProxyCommand").hint("Use ProxyJump, or `ssh: {jump: …}` in the inventory."));
        }
        return proxy.map(line -> String.join("", line.words()));
    }

    /// @throws ProblemException if a `Match` stands in the way: whether it applies cannot be told
    OpenSshHost requireUnderstood() {
        lines.stream()
                .filter(line -> line.keyword().equals("match"))
                .findFirst()
                .ifPresent(line -> {
                    throw new ProblemException(refusal("Match " + String.join(" ", line.words()))
                            .hint("Use Host, or give `ssh: {config: …}` in the inventory another file."));
                });
        return this;
    }

    private Problem refusal(String what) {
        return Problem.error("ssh-config-unsupported", name + ": the SSH configuration says " + what)
                .detail("heliosctl cannot honour that, and connecting without it may reach another host.");
    }
}
