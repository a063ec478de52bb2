package io.heliosctl.control;

import io.heliosctl.model.Problem;
import io.heliosctl.remote.DiskSpace;
import java.util.List;
import java.util.Locale;

/// Whether there is room on the disks that a run writes to. A standby or primary whose WAL finds no room stops
/// at once ("No space left on device" is a PANIC there), so little room before the move is a full disk after
/// it.
final class SpaceProof {

    /// Sixteen WAL segments of the usual size: less than a busy minute.
    static final long LEAST = 256L << 20;

    /// Less than this is worth a word.
    static final long LITTLE = 1L << 30;

    /// For configuration files.
    static final long LEAST_FOR_FILES = 1L << 20;

    private SpaceProof() {}

    /// For a server's data directory and its WAL.
    static Findings ofServer(String host, List<DiskSpace> disks) {
        return disks.stream()
                .distinct()
                .map(disk -> of(host, disk, LEAST, LITTLE))
                .reduce(Findings.none(), Findings::and);
    }

    /// For a directory of configuration files.
    static Findings ofFiles(String host, DiskSpace disk) {
        return of(host, disk, LEAST_FOR_FILES, LEAST_FOR_FILES);
    }

    /// For something of a known size.
    static Problem full(String host, DiskSpace disk, long least) {
        return told(
                Problem.error("disk-full", "%s: there is no room for what will be written".formatted(host)),
                host,
                disk,
                least);
    }

    private static Findings of(String host, DiskSpace disk, long least, long little) {
        if (disk.free() >= little) {
            return Findings.proved(host, free(disk));
        }
        var problem = disk.free() < least
                ? full(host, disk, least)
                : told(
                        Problem.warning("disk-low", "%s: there is little room for WAL".formatted(host)),
                        host,
                        disk,
                        least);
        return Findings.of(List.of(problem));
    }

    private static Problem told(Problem problem, String host, DiskSpace disk, long least) {
        return problem.detail("%s, of %s; %s are needed.".formatted(free(disk), shown(disk.total()), shown(least)))
                .hint("Make room on %s: \"df -h %s\" there.".formatted(host, disk.mountedOn()));
    }

    private static String free(DiskSpace disk) {
        return "%s free in %s".formatted(shown(disk.free()), disk.mountedOn());
    }

    private static String shown(long bytes) {
        return bytes >= 1L << 30
                ? String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30))
                : (bytes >> 20) + " MiB";
    }
}
