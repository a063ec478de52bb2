package io.heliosctl.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A process by the PID file it keeps. A PID is only believed while the command line of that process names our
/// directory: PIDs are used again, and a PID file outlives a crash.
///
/// @param pidFile its first line is the PID
/// @param directory what the command line must name
record OwnProcess(Path pidFile, Path directory) {

    private static final Duration KILLING = Duration.ofSeconds(10);
    private static final Duration REAPING = Duration.ofSeconds(2);

    Optional<ProcessHandle> find() {
        try {
            if (!Files.exists(pidFile)) {
                return Optional.empty();
            }
            return Files.readString(pidFile)
                    .lines()
                    .findFirst()
                    .map(String::strip)
                    .filter(line -> line.matches("[0-9]{1,9}"))
                    .flatMap(line -> ProcessHandle.of(Long.parseLong(line)))
                    .filter(ProcessHandle::isAlive)
                    .filter(this::isOurs);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + pidFile, e);
        }
    }

    private boolean isOurs(ProcessHandle process) {
        String mine = directory + "/";
        return Stream.of(process.info().arguments().orElse(new String[0]))
                .anyMatch(word -> word.contains(mine) || word.equals(directory.toString()));
    }

    boolean isRunning() {
        return find().isPresent();
    }

    /// The process and everything it started.
    List<ProcessHandle> family() {
        return find().map(process ->
                        Stream.concat(Stream.of(process), process.descendants()).toList())
                .orElse(List.of());
    }

    /// Sends a signal to the process alone, such as `INT`.
    void signal(String signal) {
        find().ifPresent(process -> signal(signal, List.of(process)));
    }

    static void signal(String signal, List<ProcessHandle> processes) {
        List<String> alive = processes.stream()
                .filter(ProcessHandle::isAlive)
                .map(process -> Long.toString(process.pid()))
                .toList();
        if (!alive.isEmpty()) {
            // Java's own API knows TERM and KILL only. One that has ended since is no failure.
            LocalCommand.of("sh", "-c", "kill -s \"$0\" \"$@\" || true", signal)
                    .and(alive)
                    .run(Account.self());
        }
    }

    /// Asks the process to end by a signal; kills it, and all it started, when it does not within the limit.
    void end(String signal, Duration limit) {
        List<ProcessHandle> family = family();
        signal("CONT", family);
        signal(signal);
        if (!awaitEnd(family, limit)) {
            signal("KILL", family);
            if (!awaitEnd(family, KILLING)) {
                throw Failures.staysAlive(family);
            }
        }
        awaitReaping(family);
    }

    private static boolean awaitEnd(List<ProcessHandle> processes, Duration limit) {
        return Await.until(limit, () -> processes.stream().allMatch(OwnProcess::hasEnded));
    }

    /// A process that its parent has not asked after yet has no command line any more.
    private static boolean hasEnded(ProcessHandle process) {
        return !process.isAlive() || process.info().arguments().isEmpty();
    }

    /// Until then its PID is taken, and PostgreSQL believes its old PID file. Where nobody ever asks after
    /// orphans, as in a container without an init, the wait is given up.
    private static void awaitReaping(List<ProcessHandle> processes) {
        Await.until(REAPING, () -> processes.stream().noneMatch(ProcessHandle::isAlive));
    }
}
