package io.heliosctl.control;

import io.heliosctl.model.Bytes;
import io.heliosctl.model.Problem;
import io.heliosctl.remote.Command;
import io.heliosctl.remote.Privilege;
import io.heliosctl.remote.Ran;
import io.heliosctl.remote.Remote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Asks sudo on a host whether it would allow each command of a run, without running any (`sudo -n -l
/// COMMAND`).
record PrivilegeCheck(Remote remote, List<Privilege> privileges) {

    private static final int SHOWN = 5;

    /// One word a line on standard input; an empty line ends a command. Prints yes, no or absent for each: sudo
    /// says no to a program that is not there, too, and that is another thing to mend.
    private static final String SCRIPT = """
        set --
        while IFS= read -r word; do
          if [ -n "$word" ]; then set -- "$@" "$word"; continue; fi
          user=$1; shift
          above=${1%/*}
          while [ -n "$above" ] && [ ! -e "$above" ]; do above=${above%/*}; done
          if [ ! -e "$1" ] && [ -x "${above:-/}" ]; then echo absent; set --; continue; fi
          if sudo -n -l -u "$user" -- "$@" >/dev/null 2>&1 </dev/null; then echo yes; else echo no; fi
          set --
        done
        """;

    /// Whether sudo allows all of them.
    Findings findings() {
        var needed = privileges.stream()
                .filter(privilege -> !remote.become(privilege.user()).isEmpty())
                .distinct()
                .toList();
        return needed.isEmpty()
                ? Findings.proved(remote.name(), "logged in as %s, no sudo needed".formatted(remote.user()))
                : Findings.of(problems(needed), remote.name(), "%d sudo commands allowed".formatted(needed.size()));
    }

    /// The commands sudo would refuse.
    private List<Problem> problems(List<Privilege> needed) {
        var input = needed.stream()
                .map(privilege -> privilege.user() + "\n" + String.join("\n", privilege.words()) + "\n\n")
                .collect(Collectors.joining());
        var ran = remote.run(Command.script(SCRIPT).input(Bytes.of(input)).timeout(Duration.ofSeconds(30)));
        if (!(ran instanceof Ran.Exited exited) || !exited.ok()) {
            return List.of(Problem.error("sudo-unknown", remote.name() + ": sudo could not be asked")
                    .hint("Is sudo installed there?"));
        }
        return judged(needed, exited.text().lines().toList());
    }

    private List<Problem> judged(List<Privilege> needed, List<String> answers) {
        var refused = new ArrayList<Privilege>();
        var absent = new TreeSet<String>();
        for (int i = 0; i < needed.size(); i++) {
            var answer = i < answers.size() ? answers.get(i) : "no";
            switch (answer) {
                case "yes" -> {}
                case "absent" -> absent.add(needed.get(i).words().getFirst());
                default -> refused.add(needed.get(i));
            }
        }
        return Stream.concat(absent(absent).stream(), refused(refused, needed.size()).stream())
                .toList();
    }

    private Optional<Problem> absent(Set<String> programs) {
        return programs.isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.error("program-missing", remote.name() + ": a program is not there")
                        .detail(String.join("\n", programs))
                        .hint("Install it there, or correct its place in the inventory, such as \"bin_dir\"."));
    }

    private Optional<Problem> refused(List<Privilege> refused, int needed) {
        if (refused.isEmpty()) {
            return Optional.empty();
        }
        var commands = refused.stream()
                .limit(SHOWN)
                .map(privilege -> "as %s: %s".formatted(privilege.user(), String.join(" ", privilege.words())))
                .collect(Collectors.joining("\n"));
        var more = refused.size() > SHOWN ? "\nand %d more".formatted(refused.size() - SHOWN) : "";
        return Optional.of(Problem.error(
                        "sudo-refused",
                        "%s: sudo does not let %s run %d of %d commands"
                                .formatted(remote.name(), remote.user(), refused.size(), needed))
                .detail(commands + more)
                .hint("Install there what \"heliosctl inventory sudoers %s\" prints, as /etc/sudoers.d/heliosctl."
                        .formatted(remote.name())));
    }
}
