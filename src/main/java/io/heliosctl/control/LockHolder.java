package io.heliosctl.control;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// Who works on a cluster, as written into its locks.
///
/// @param run the run's id
/// @param user of the operating system, where the program runs
/// @param host the machine where it runs
/// @param since when it took the lock
/// @param pid of its process there
/// @param version of heliosctl
/// @param cluster what that inventory calls the cluster
public record LockHolder(
        String run, String user, String host, Instant since, long pid, String version, String cluster) {

    /// One line of words without spaces, so that a shell reads it without help.
    public String line() {
        return String.join(
                " ",
                word(run),
                word(user),
                word(host),
                since.toString(),
                Long.toString(pid),
                word(version),
                word(cluster));
    }

    /// Who that line names; empty if it is not such a line.
    public static Optional<LockHolder> parse(String line) {
        var words = line.strip().split(" ", -1);
        if (words.length != 7 || !words[4].matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LockHolder(
                    words[0],
                    words[1],
                    words[2],
                    Instant.parse(words[3]),
                    Long.parseLong(words[4]),
                    words[5],
                    words[6]));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String word(String text) {
        var clean = text.replaceAll("[^A-Za-z0-9._+@-]", "_");
        return clean.isEmpty() ? "-" : clean;
    }
}
