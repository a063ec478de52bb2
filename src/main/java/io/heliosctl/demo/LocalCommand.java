package io.heliosctl.demo;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A command on this machine that has to succeed.
///
/// @param words program and arguments
/// @param environment variables beside this process's own
/// @param input what it reads on standard input
record LocalCommand(List<String> words, Map<String, String> environment, String input, Duration limit) {

    LocalCommand {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    static LocalCommand of(String... words) {
        return new LocalCommand(List.of(words), Map.of(), "", Duration.ofSeconds(60));
    }

    static LocalCommand of(List<String> words) {
        return of(words.toArray(String[]::new));
    }

    LocalCommand with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new LocalCommand(words, more, input, limit);
    }

    LocalCommand and(List<String> more) {
        return new LocalCommand(Stream.concat(words.stream(), more.stream()).toList(), environment, input, limit);
    }

    LocalCommand reading(String text) {
        return new LocalCommand(words, environment, text, limit);
    }

    /// Runs it as that user, and gives what it printed.
    ///
    /// @throws ProblemException if it fails or does not end in time
    String run(Account account) {
        Path output = temporary("");
        Path in = temporary(input);
        try {
            // Files and not pipes: a server that stays behind would hold a pipe open.
            ProcessBuilder builder = new ProcessBuilder(account.words(words))
                    .directory(Path.of("/").toFile())
                    .redirectInput(in.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            String text = Files.readString(output);
            if (!ended || process.exitValue() != 0) {
                throw failed(
                        ended ? "status " + process.exitValue() : "no end within " + limit.toSeconds() + " s", text);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + words.getFirst(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted", "");
        } finally {
            delete(output);
            delete(in);
        }
    }

    private ProblemException failed(String how, String output) {
        return new ProblemException(Problem.error("local-command-failed", words.getFirst() + " failed: " + how)
                .detail(String.join(" ", words) + "\n" + output.strip()));
    }

    /// Readable by its owner only; the command inherits the open file.
    private static Path temporary(String text) {
        try {
            return Files.writeString(Files.createTempFile("heliosctl", ".txt"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
