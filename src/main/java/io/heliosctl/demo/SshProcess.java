package io.heliosctl.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The SSH server of a cluster as a process of its own, which outlives the command that started it.
record SshProcess(Plan plan) {

    private static final Duration START = Duration.ofSeconds(20);

    void start() {
        try {
            Files.deleteIfExists(pidFile());
            List<String> words = new ArrayList<>(List.of(
                    ProcessHandle.current().info().command().orElse("java"),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx128m",
                    ServeSsh.class.getName(),
                    plan.directory().toString()));
            if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
                // So that a Ctrl-C in this terminal is not for it. Where there is no setsid, nohup has to do.
                words.addFirst("/usr/bin/setsid");
            } else {
                words.addFirst("nohup");
            }
            ProcessBuilder builder = new ProcessBuilder(words);
            // Not on the command line: of a long one, the system tells others nothing, and we know it by its words.
            builder.environment().put("CLASSPATH", classPath());
            Process process = builder.directory(plan.directory().toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log().toFile())
                    .start();
            if (!Await.until(START, () -> isRunning() || !process.isAlive()) || !isRunning()) {
                process.destroyForcibly();
                throw Failures.notStarted(new Member("the SSH server", "", plan.sshPort(), plan.directory()), log());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the SSH server", e);
        }
    }

    void stop() {
        process().end("TERM", Duration.ofSeconds(5));
    }

    boolean isRunning() {
        return process().isRunning();
    }

    private OwnProcess process() {
        return new OwnProcess(pidFile(), plan.directory());
    }

    Path pidFile() {
        return plan.file("ssh.pid");
    }

    private Path log() {
        return plan.file("ssh.log");
    }

    /// Our own classes by a copy: a build while the process runs would pull them from under it.
    private String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(":"))
                .map(entry ->
                        entry.endsWith("/heliosctl.jar") ? copy(Path.of(entry)).toString() : entry)
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(":"));
    }

    private Path copy(Path jar) {
        try {
            return Files.copy(jar, plan.file("ssh.jar"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + jar, e);
        }
    }
}
