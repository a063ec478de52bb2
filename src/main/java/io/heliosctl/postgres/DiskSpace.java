package io.heliosctl.postgres;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;

/// The file system of a directory.
///
/// @param total bytes
/// @param free bytes that an ordinary user may still write
public record DiskSpace(long total, long free) {

    /// Reads what `df -Pk` prints (POSIX): a heading, then one line whose second and fourth columns are KiB.
    static DiskSpace parse(String text) {
        var columns = text.lines().skip(1).findFirst().orElse("").split("\\s+", -1);
        if (columns.length < 6 || !columns[1].matches("[0-9]+") || !columns[3].matches("[0-9]+")) {
            throw new ProblemException(Problem.error("disk-space", "what df prints is not understood")
                    .detail(text));
        }
        return new DiskSpace(Long.parseLong(columns[1]) * 1024, Long.parseLong(columns[3]) * 1024);
    }
}
