package io.heliosctl.loopback;

import io.heliosctl.demo.LoopbackCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// One call of the program by one operator, as a process of its own that can be sent signals.
final class Operator {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final Path out;
    private final Path err;

    private Operator(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /// @param state where this operator's machine keeps runs and locks
    static Operator types(LoopbackCluster cluster, Path state, String... arguments) {
        try {
            Files.createDirectories(state);
            var out = Files.createTempFile(state, "out", ".txt");
            var err = Files.createTempFile(state, "err", ".txt");
            var words = new ArrayList<String>();
            words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
            words.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.heliosctl.cli.Main"));
            words.addAll(List.of("-i", cluster.inventory().toString()));
            words.addAll(List.of(arguments));
            var builder = new ProcessBuilder(words)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().put("XDG_STATE_HOME", state.toString());
            return new Operator(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /// Sends a signal, by kill(1).
    void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /// Waits until standard error has a text.
    Operator says(String text) {
        await(() -> err().contains(text) || !process.isAlive(), text);
        return this;
    }

    void await(BooleanSupplier condition, String what) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited for: " + what + "\n" + err());
            }
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    /// Its exit code, once it has ended.
    int exit() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("it did not end: " + err());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    String out() {
        return read(out);
    }

    String err() {
        return read(err);
    }

    /// The id of its run, as the report names it.
    String run() {
        return out().lines()
                .filter(line -> line.startsWith("Run: "))
                .map(line -> line.substring(5))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no run:\n" + out() + err()));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(e);
    }
}
