package io.heliosctl.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The program as an operator calls it: a process of its own, with an inventory and a state directory.
public record Tool(Path inventory, Path state) {

    private static final long PATIENCE_SECONDS = 180;

    /// What it printed and how it ended.
    public record Ran(int exit, String out, String err) {

        public Ran exits(int expected) {
            assertEquals(expected, exit, () -> "standard output:\n" + out + "\nstandard error:\n" + err);
            return this;
        }

        /// True if standard error names that problem.
        public boolean names(String problem) {
            return err.contains("error[" + problem + "]");
        }
    }

    public Ran run(String... arguments) {
        return run(List.of(), arguments);
    }

    /// Calls it with further options of the virtual machine.
    public Ran run(List<String> jvm, String... arguments) {
        return begin(jvm, arguments).await();
    }

    /// Calls it and does not wait.
    public Begun begin(String... arguments) {
        return begin(List.of(), arguments);
    }

    private Begun begin(List<String> jvm, String... arguments) {
        try {
            var out = Files.createTempFile(state, "out", ".txt");
            var err = Files.createTempFile(state, "err", ".txt");
            return new Begun(start(jvm, out, err, arguments), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A call that has not ended.
    public record Begun(Process process, Path out, Path err) {

        /// Sends a signal, such as `TERM`.
        public void signal(String name) {
            try {
                new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .inheritIO()
                        .start()
                        .waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        public Ran await() {
            try {
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError("it did not end: " + Files.readString(err));
                }
                return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private Process start(List<String> jvm, Path out, Path err, String... arguments) throws IOException {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
        words.addAll(jvm);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.heliosctl.cli.Main"));
        words.addAll(List.of("-i", inventory.toString()));
        words.addAll(List.of(arguments));
        var builder = new ProcessBuilder(words)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("XDG_STATE_HOME", state.toString());
        return builder.start();
    }
}
