package io.heliosctl.postgres;

import io.heliosctl.model.Bytes;
import io.heliosctl.model.Deadline;
import io.heliosctl.model.Node;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.remote.Privilege;
import io.heliosctl.remote.RemoteFiles;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// Proves that no process of a server is left. A backend lives on after its postmaster was killed and may still commit
/// what it is at; as long as it does, it is attached to the server's shared memory, whose id `postmaster.pid` names.
/// PostgreSQL looks at the same before it starts (source of PostgreSQL, `PGSharedMemoryIsInUse`).
final class Leftovers {

    private static final List<String> SEGMENTS = List.of("/usr/bin/cat", "/proc/sysvipc/shm");
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(50);

    /// The line of `postmaster.pid` with key and id of the shared memory segment (`miscadmin.h`).
    private static final int SEGMENT_LINE = 7;

    /// The columns of `/proc/sysvipc/shm` (proc_sysvipc_shm(5)).
    private static final int ID = 1;

    private static final int ATTACHED = 6;

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
            if (deadline.hasPassed() || Thread.currentThread().isInterrupted()) {
                throw new ProblemException(
                        Problem.error("still-running", "%s has not ended within %s".formatted(node.name(), limit))
                                .detail("Its postmaster or a process of it is still there.")
                                .hint("Look on its host for processes in state D, which storage holds up."));
            }
            Deadline.pause(PAUSE);
        }
    }

    private int attached() {
        return files.read(path(node), node.postgres().osUser())
                .map(Bytes::text)
                .map(this::attachedTo)
                .orElse(0);
    }

    private int attachedTo(String pidFile) {
        var lines = pidFile.lines().toList();
        if (lines.size() < SEGMENT_LINE) {
            return 0;
        }
        var words = lines.get(SEGMENT_LINE - 1).strip().split("\\s+", -1);
        var id = words[words.length - 1];
        var shown = host.look(SEGMENTS, LOOK);
        if (!shown.ok()) {
            throw host.refused(SEGMENTS, shown);
        }
        return shown.text()
                .lines()
                .skip(1)
                .map(line -> Arrays.asList(line.strip().split("\\s+", -1)))
                .filter(columns -> columns.size() > ATTACHED && columns.get(ID).equals(id))
                .mapToInt(columns -> Integer.parseInt(columns.get(ATTACHED)))
                .sum();
    }

    static List<Privilege> privileges(Node node) {
        return RemoteFiles.toRead(path(node), node.postgres().osUser());
    }

    private static String path(Node node) {
        return node.postgres().dataDir() + "/postmaster.pid";
    }
}
