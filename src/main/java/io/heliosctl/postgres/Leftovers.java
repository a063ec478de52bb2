package io.heliosctl.postgres;

import io.heliosctl.model.Amounts;
import io.heliosctl.model.Bytes;
import io.heliosctl.model.Deadline;
import io.heliosctl.model.Node;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.remote.Privilege;
import io.heliosctl.remote.RemoteFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Proves that no process of a server is left. A backend lives on after its postmaster was killed and may still
/// commit what it is at; as long as it does, it is attached to the server's shared memory. PostgreSQL looks at
/// the same before it starts (source of PostgreSQL, `PGSharedMemoryIsInUse`).
///
/// `postmaster.pid` names that memory, and it may be gone: Debian's unit takes it away when the postmaster has died. So
/// it is also looked for by the keys that PostgreSQL gives it.
final class Leftovers {

    private static final List<String> SEGMENTS = List.of("/usr/bin/cat", "/proc/sysvipc/shm");
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Node node;
    private final Host host;
    private final RemoteFiles files;
    private final StopWatch stopWatch;

    Leftovers(Node node, Host host, RemoteFiles files, StopWatch stopWatch) {
        this.node = node;
        this.host = host;
        this.files = files;
        this.stopWatch = stopWatch;
    }

    /// Waits until no process of it is left.
    ///
    /// @throws ProblemException `still-running` with what was seen
    void awaitNone(Duration limit) {
        var deadline = Deadline.in(limit);
        while (true) {
            if (!stopWatch.isRunning() && attached() == 0) {
                return;
            }
            if (deadline.endsWaiting()) {
                throw new ProblemException(Problem.error(
                                "still-running",
                                "%s has not ended within %s".formatted(node.name(), Amounts.time(limit)))
                        .detail("Its postmaster or a process of it is still there.")
                        .hint("Look on its host for processes in state D or T, which something holds up."));
            }
            Deadline.pause(PAUSE);
        }
    }

    private long attached() {
        var shown = host.look(SEGMENTS, LOOK);
        if (!shown.ok()) {
            throw host.refused(SEGMENTS, shown);
        }
        var some = SharedMemory.parse(shown.text()).stream()
                .filter(segment -> segment.attached() > 0)
                .toList();
        if (some.isEmpty()) {
            return 0;
        }
        var named = files.read(path(node), node.postgres().osUser())
                .map(Bytes::text)
                .flatMap(SharedMemory::named);
        var inode = inode();
        return some.stream()
                .filter(segment -> segment.isSame(named)
                        || (segment.mayBeOf(inode, node.postgres().port()) && !isPostmaster(segment.creator())))
                .mapToLong(SharedMemory::attached)
                .sum();
    }

    /// Empty if there is no such directory.
    private Optional<Long> inode() {
        var stat = stat(node);
        var shown = host.look(stat, LOOK);
        if (shown.ok()) {
            return Optional.of(Long.valueOf(shown.text().strip()));
        }
        if (files.exists(node.postgres().dataDir(), node.postgres().osUser())) {
            throw host.refused(stat.words(), shown);
        }
        return Optional.empty();
    }

    /// Another server on the same host may have a key that this one could have; its postmaster lives.
    private boolean isPostmaster(long process) {
        var shown = host.look(List.of("/usr/bin/cat", "/proc/%d/comm".formatted(process)), LOOK);
        return shown.ok() && shown.text().strip().equals("postgres");
    }

    static List<Privilege> privileges(Node node) {
        var all = new ArrayList<>(RemoteFiles.toRead(path(node), node.postgres().osUser()));
        all.addAll(RemoteFiles.toRead(node.postgres().dataDir(), node.postgres().osUser()));
        all.add(stat(node));
        return all;
    }

    private static Privilege stat(Node node) {
        return new Privilege(
                node.postgres().osUser(),
                List.of("/usr/bin/stat", "-c", "%i", node.postgres().dataDir()));
    }

    private static String path(Node node) {
        return node.postgres().dataDir() + "/postmaster.pid";
    }
}
