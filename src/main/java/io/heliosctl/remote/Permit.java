package io.heliosctl.remote;

import java.util.List;
import java.util.stream.Stream;

/// What must still be so on a host when a command arrives there, which may be long after anybody has waited for
/// it: a dead-man's switch of this run is armed, and no later run has begun. Both are files, beside the run's
/// lock.
///
/// @param lock what the files of the lock are called
/// @param file what the file of the switch is called, behind the lock's name
/// @param epoch the number of this run
public record Permit(String lock, String file, long epoch) {

    /// Constant text for a POSIX shell, on one line, for [#words]: status 0 if the command may be made. Only
    /// what the shell itself can do; and as psql reads it too, no colon and no backquote.
    public static final String CONDITION = "for file in /run/lock/\"$1\".epoch.* /tmp/\"$1\".epoch.*; do"
            + " number=${file##*.}; case $number in \"\" | *[!0-9]*) ;; *) [ \"$number\" -le \"$3\" ] || exit 1 ;; esac;"
            + " done;"
            + " for file in /run/lock/\"$1\".switch.\"$2\".armed.*.back /tmp/\"$1\".switch.\"$2\".armed.*.back; do"
            + " [ ! -O \"$file\" ] || exit 0;"
            + " done; exit 1";

    /// What a shell ends with where it may not be made.
    public static final int TOO_LATE = 113;

    private static final String GUARD = "permitted() ( " + CONDITION + " )\n"
            + "permitted \"$1\" \"$2\" \"$3\" || exit " + TOO_LATE + "\nshift 3\n";

    /// @throws IllegalArgumentException if a name could be anything but a name
    public Permit {
        if (!lock.matches("[A-Za-z0-9._+@-]+") || !file.matches("[A-Za-z0-9._+@-]+")) {
            throw new IllegalArgumentException("not names of files: " + lock + ", " + file);
        }
    }

    /// The positional parameters of [#CONDITION].
    public List<String> words() {
        return List.of(lock, file, Long.toString(epoch));
    }

    /// The same command, which is only made if it is permitted when it arrives.
    public Command guard(Command command) {
        return new Command(
                GUARD + command.script(),
                Stream.concat(words().stream(), command.values().stream()).toList(),
                command.input(),
                command.timeout(),
                command.outputLimit());
    }
}
