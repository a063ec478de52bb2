package io.heliosctl.postgres;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What `pg_rewind --dry-run` has said.
public sealed interface RewindTrial {

    /// It works.
    ///
    /// @param copies about how many bytes it would copy
    record Works(long copies) implements RewindTrial {}

    /// There is nothing to take back.
    record NotNeeded() implements RewindTrial {}

    /// It never will work with this data directory.
    record Impossible(String reason) implements RewindTrial {}

    /// It would work if something else were mended, such as a grant.
    record Refused(String reason) implements RewindTrial {}

    /// What it prints right before it begins to change files (source of PostgreSQL, `pg_rewind.c`).
    String BEGINS = "need to copy ";

    Pattern COPIES = Pattern.compile("need to copy ([0-9]{1,12}) MB");

    Pattern MENDABLE = Pattern.compile(
            "permission denied|connection to server|could not connect|no password supplied|authentication failed"
                    + "|pg_hba\\.conf|must be shut down cleanly|could not open file \"[^\"]*\" for|sudo:");

    /// Reads its output.
    static RewindTrial parse(int status, String output) {
        if (status == 0) {
            if (output.contains("no rewind required")) {
                return new NotNeeded();
            }
            var copies = COPIES.matcher(output);
            return new Works(copies.find() ? Long.parseLong(copies.group(1)) << 20 : 0);
        }
        var reason = reason(output);
        return MENDABLE.matcher(output).find() ? new Refused(reason) : new Impossible(reason);
    }

    /// The lines that tell what is wrong, without the program's name.
    static String reason(String output) {
        var lines = output.lines()
                .filter(line -> line.contains("error:")
                        || line.contains("fatal:")
                        || line.contains("detail:")
                        || line.contains("sudo:")
                        || line.contains("FATAL:"))
                .map(line -> line.replaceFirst("^pg_[a-z]+: ", "").replaceFirst("^(error|fatal): ", ""))
                .collect(Collectors.joining("; "));
        return lines.isEmpty() ? output.strip().lines().reduce("", (first, last) -> last) : lines;
    }
}
