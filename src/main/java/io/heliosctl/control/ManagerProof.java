package io.heliosctl.control;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.remote.Command;
import io.heliosctl.remote.Ran;
import io.heliosctl.remote.Remote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Whether Patroni, repmgrd, pg_auto_failover or Pacemaker is at work on a host. Each of them would start the
/// old primary again, or promote somebody of its own choice.
///
/// It is told by what runs, as whom it was started, never by files: an editor with `patroni.yml` open is no
/// manager, nor is a package that is installed and not started.
record ManagerProof(Remote remote, Set<String> accepted) {

    private static final String SEPARATOR = "\u001f";

    /// Every process whose name could be one of theirs (Patroni may show as its Python), with its words, and
    /// every such unit that systemd has at work. Reads /proc, which any user may unless it is mounted with
    /// hidepid; then the units are left.
    private static final String SCRIPT = """
            for process in /proc/[0-9]*; do
                { read -r name < "$process/comm"; } 2>/dev/null || continue
                case $name in
                    patroni | repmgrd | pg_autoctl* | pacemakerd | corosync | python*)
                        printf 'process\\037%s\\037' "${process#/proc/}"
                        tr '\\0\\n' '\\037 ' < "$process/cmdline" 2>/dev/null
                        echo ;;
                esac
            done
            command -v systemctl >/dev/null || exit 0
            LC_ALL=C systemctl list-units --type=service --state=active,activating,reloading --no-legend --plain \
                --no-pager 'patroni*' 'repmgr*' 'pgautofailover*' 'pg_autoctl*' 'pacemaker*' 'corosync*' 2>/dev/null |
            while read -r unit load active sub rest; do
                printf 'unit\\037%s\\037%s\\n' "$unit" "$sub"
            done
            exit 0
            """;

    /// The units of Debian's and the projects' own packages, and nothing that is only about them
    /// (`patroni-exporter`).
    private static final Map<String, Pattern> UNITS = Map.of(
            "patroni", Pattern.compile("patroni(@.+)?\\.service"),
            "repmgrd", Pattern.compile("repmgr(d|-?[0-9.]+|d@.+)?\\.service"),
            "pg_autoctl", Pattern.compile("(pgautofailover|pg_autoctl)(@.+)?\\.service"),
            "pacemaker", Pattern.compile("(pacemaker|corosync)\\.service"));

    Findings findings() {
        var script = Command.script(SCRIPT).timeout(Duration.ofSeconds(10));
        if (!(remote.run(script) instanceof Ran.Exited exited) || !exited.ok()) {
            throw new ProblemException(
                    Problem.error("no-answer", remote.name() + ": it could not be seen which programs run there"));
        }
        var seen = seen(exited.text());
        var problems = new ArrayList<Problem>();
        seen.forEach((manager, what) -> problems.add(problem(manager, what)));
        return seen.isEmpty()
                ? Findings.proved(remote.name(), "no Patroni, repmgrd, pg_autoctl or Pacemaker at work")
                : Findings.of(problems);
    }

    private Problem problem(String manager, String what) {
        var message = "%s: %s manages servers there".formatted(remote.name(), manager);
        var known = accepted.contains(manager);
        var problem = known ? Problem.warning("other-manager", message) : Problem.error("other-manager", message);
        return problem.detail("Seen: %s. It would act against what heliosctl does.".formatted(what))
                .hint(
                        known
                                ? "You said that it manages something else."
                                : "Let it do the switchover, or stop it. If it manages something else: --accept-manager %s."
                                        .formatted(manager));
    }

    /// Who is at work, and how that was seen.
    static Map<String, String> seen(String output) {
        var seen = new LinkedHashMap<String, String>();
        output.lines().map(line -> List.of(line.split(SEPARATOR, -1))).forEach(words -> {
            var manager = words.getFirst().equals("unit") ? ofUnit(words) : ofProcess(words);
            var what = words.getFirst() + " " + (words.size() > 1 ? words.get(1) : "");
            manager.ifPresent(name -> seen.putIfAbsent(name, what));
        });
        return seen;
    }

    /// A unit of System V's whose script has long ended is "active (exited)", and nothing is at work.
    private static Optional<String> ofUnit(List<String> words) {
        if (words.size() < 3 || words.get(2).equals("exited")) {
            return Optional.empty();
        }
        return UNITS.entrySet().stream()
                .filter(entry -> entry.getValue().matcher(words.get(1)).matches())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static Optional<String> ofProcess(List<String> words) {
        // A process that has ended and was not waited for has no words.
        if (words.size() < 3 || words.get(2).isEmpty()) {
            return Optional.empty();
        }
        var command = words.subList(2, words.size());
        var program = program(command);
        return switch (program) {
            case "patroni", "repmgrd" -> Optional.of(program);
            case "pg_autoctl:" -> Optional.of("pg_autoctl");
            case "pg_autoctl" ->
                command.contains("run") || command.contains("service") ? Optional.of(program) : Optional.empty();
            case "pacemakerd", "corosync" -> Optional.of("pacemaker");
            default -> Optional.empty();
        };
    }

    /// The name of the program, without its folder; of Python, the name of the script or module that it runs.
    private static String program(List<String> command) {
        // A process may have written one text over all of its words.
        var name = name(command.getFirst().split(" ", 2)[0]);
        if (!name.startsWith("python")) {
            return name;
        }
        for (int i = 1; i < command.size(); i++) {
            if (command.get(i).equals("-m")) {
                return i + 1 < command.size() ? command.get(i + 1) : "";
            }
            if (command.get(i).equals("-c")) {
                return "";
            }
            if (!command.get(i).startsWith("-")) {
                return name(command.get(i)).replaceFirst("\\.py$", "");
            }
        }
        return "";
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
