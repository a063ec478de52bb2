package io.heliosctl.bed;

import io.heliosctl.cli.Puppet;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A process that is heliosctl and can be told where to stand still; see [Puppet].
public final class Marionette implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Process process;
    private final Path out;
    private final Path err;
    private final BufferedWriter orders;
    private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Map<Integer, Long> took = new ConcurrentSkipListMap<>();

    private Marionette(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(() -> listen(process.inputReader(StandardCharsets.UTF_8)));
    }

    /// Starts one, which does nothing yet.
    ///
    /// @param state where this operator's machine keeps runs and locks
    public static Marionette start(Path state) {
        try {
            Files.createDirectories(state);
            var out = Files.createTempFile(state, "out", ".txt");
            var err = Files.createTempFile(state, "err", ".txt");
            var builder = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Puppet.class.getName(),
                            out.toString(),
                            err.toString()))
                    .redirectError(state.resolve("puppet.err").toFile());
            builder.environment().put("XDG_STATE_HOME", state.toString());
            return new Marionette(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen(BufferedReader lines) {
        try {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var words = line.split(" ", -1);
                if (words[0].equals("took")) {
                    took.merge(Integer.valueOf(words[1]), Long.valueOf(words[2]), Math::max);
                } else {
                    answers.add(line);
                }
            }
        } catch (IOException e) {
            // It was killed; that is what it is for.
        }
        answers.add("gone");
    }

    /// Says where the next run shall stand still.
    public void stopAt(Halt halt) {
        say("at " + halt.step() + " " + halt.place());
    }

    /// Types a call, and does not wait.
    public void types(Path inventory, String... words) {
        say("-i " + inventory + " " + String.join(" ", words));
    }

    /// Lets it go on from where it stands still.
    public void letGo() {
        say("go");
    }

    /// Waits until it stands still.
    ///
    /// @return the exit code, if it has never come to that place; empty if it has
    public Optional<Integer> awaitHere() {
        var answer = next();
        return answer.equals("here") ? Optional.empty() : Optional.of(exit(answer));
    }

    /// Waits for the exit code of the call that was typed.
    public int awaitExit() {
        return exit(next());
    }

    /// Types a call, and waits for its exit code.
    public int calls(Path inventory, String... words) {
        types(inventory, words);
        return awaitExit();
    }

    private int exit(String answer) {
        if (!answer.startsWith("exit ")) {
            throw new AssertionError("it said: " + answer + "\n" + said());
        }
        return Integer.parseInt(answer.substring(5));
    }

    private String next() {
        try {
            var answer = answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (answer == null) {
                throw new AssertionError("it does not answer\n" + said());
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void say(String order) {
        try {
            orders.write(order + "\n");
            orders.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// How long each step took at most, by its number, in milliseconds.
    public Map<Integer, Long> took() {
        return took;
    }

    /// SIGKILL to this process and no other; returns when it is gone.
    public void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Everything it printed so far.
    public String said() {
        try {
            return Files.readString(err) + Files.readString(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
