package io.heliosctl.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Constant text for a POSIX shell and the words that it is given. Where the words are commands, each has the
/// number of its words before it, so that [#CALL] runs any of them and none is ever read by a shell.
///
/// @param text a constant
/// @param words the positional parameters, `$1` first
public record Script(String text, List<String> words) {

    /// Defines two functions for a list of commands such as [#of] makes. `call INDEX COUNT WORD… LIST…` runs
    /// the command at that place of the list, with that many further words. `pick INDEX LIST…` sets `picked`
    /// to the first word of it.
    public static final String CALL = """
            call() {
              index=$1 more=$2; shift 2
              moved=0
              while [ "$moved" -lt "$more" ]; do set -- "$@" "$1"; shift; moved=$((moved + 1)); done
              while [ "$index" -gt 0 ]; do shift $(($1 + 1)); index=$((index - 1)); done
              size=$1; shift
              moved=0
              while [ "$moved" -lt "$size" ]; do set -- "$@" "$1"; shift; moved=$((moved + 1)); done
              shift $(($# - size - more))
              moved=0
              while [ "$moved" -lt "$more" ]; do set -- "$@" "$1"; shift; moved=$((moved + 1)); done
              "$@"
            }
            pick() {
              index=$1; shift
              while [ "$index" -gt 0 ]; do shift $(($1 + 1)); index=$((index - 1)); done
              picked=$2
            }
            """;

    public Script {
        words = List.copyOf(words);
    }

    /// A script for a list of commands.
    ///
    /// @param first words before the list
    public static Script of(String text, List<String> first, List<List<String>> commands) {
        var words = new ArrayList<>(first);
        commands.forEach(command -> {
            words.add(Integer.toString(command.size()));
            words.addAll(command);
        });
        return new Script(text, words);
    }

    /// A command as [Remote#become] has it on a host.
    public static List<String> words(Remote remote, Privilege command) {
        return Stream.concat(remote.become(command.user()).stream(), command.words().stream())
                .toList();
    }
}
