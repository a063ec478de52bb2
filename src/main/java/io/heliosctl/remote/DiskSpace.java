package io.heliosctl.remote;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.util.List;
import java.util.stream.Stream;

/// A file system.
///
/// @param total bytes
/// @param free bytes that an ordinary user may still write
/// @param mountedOn where it is mounted
public record DiskSpace(long total, long free, String mountedOn) {

    /// The command that tells of the file systems of some paths.
    public static List<String> words(String... paths) {
        return Stream.concat(Stream.of("/usr/bin/df", "-Pk"), Stream.of(paths)).toList();
    }

    /// Reads what `df -Pk` prints (POSIX): a heading, then for each path a line whose second and fourth columns
    /// are KiB.
    ///
    /// @throws ProblemException if it is something else
    public static List<DiskSpace> parse(String text) {
        var disks = text.lines().skip(1).map(line -> line(text, line)).toList();
        if (disks.isEmpty()) {
            throw notUnderstood(text);
        }
        return disks;
    }

    private static DiskSpace line(String text, String line) {
        var columns = line.split("\\s+", 6);
        if (columns.length < 6 || !columns[1].matches("[0-9]+") || !columns[3].matches("[0-9]+")) {
            throw notUnderstood(text);
        }
        return new DiskSpace(Long.parseLong(columns[1]) * 1024, Long.parseLong(columns[3]) * 1024, columns[5]);
    }

    private static ProblemException notUnderstood(String text) {
        return new ProblemException(
                Problem.error("disk-space", "what df prints is not understood").detail(text));
    }
}
