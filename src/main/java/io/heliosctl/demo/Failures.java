package io.heliosctl.demo;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What can be wrong with a cluster on this machine.
final class Failures {

    private static final int LOG_LINES = 10;

    private Failures() {}

    static ProblemException notStarted(Member member, Path log) {
        return new ProblemException(Problem.error("server-not-started", member.name() + " did not start")
                .detail("The end of " + log + ":\n" + end(log)));
    }

    static ProblemException notStarted(Member member, Path log, ProblemException cause) {
        return new ProblemException(notStarted(member, log).problems().getFirst(), cause);
    }

    static ProblemException staysAlive(List<ProcessHandle> processes) {
        List<Long> alive = processes.stream()
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::pid)
                .toList();
        return new ProblemException(Problem.error("process-stays", "a process does not end, not even by SIGKILL")
                .detail("Process IDs " + alive + "."));
    }

    static ProblemException notOurs(Path directory) {
        return new ProblemException(Problem.error("directory-not-ours", directory + " holds something else")
                .detail("It is not empty, and no demo made it.")
                .hint("Give an empty directory, or one that is not there yet."));
    }

    static ProblemException pathTooLong(Path socket) {
        return new ProblemException(Problem.error("path-too-long", "the directory's name is too long for Unix sockets")
                .detail("A socket would be " + socket + "; the system allows 107 bytes, some allow 103.")
                .hint("Give a directory with a shorter name."));
    }

    static ProblemException notStreaming(String seen) {
        return new ProblemException(Problem.error("not-streaming", "the standbys do not stream within 30 s")
                .detail(seen));
    }

    private static String end(Path log) {
        try {
            List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of("(there is none)");
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException e) {
            return "(cannot be read: " + e.getMessage() + ")";
        }
    }
}
