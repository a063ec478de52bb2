package io.heliosctl.inventory;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.Secret;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A secret that a program prints. There is no shell; what the program says on standard error is dropped, since
/// it may quote the secret.
record SecretCommand(String name, List<String> words, Duration patience) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LIMIT = 64 * 1024;

    SecretCommand(String name, List<String> words) {
        this(name, words, PATIENCE);
    }

    Secret read() {
        var process = start();
        try {
            var output = CompletableFuture.supplyAsync(() -> output(process), Thread::startVirtualThread);
            var line = output.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw late();
            }
            if (process.exitValue() != 0) {
                throw problem("secret-unreadable", "exited with status " + process.exitValue(), "");
            }
            if (line.isEmpty()) {
                throw problem("secret-missing", "printed nothing", "");
            }
            return new Secret(line);
        } catch (TimeoutException e) {
            throw late();
        } catch (ExecutionException e) {
            throw problem("secret-unreadable", "could not be read", "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw problem("secret-unreadable", "was interrupted", "");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Process start() {
        try {
            return new ProcessBuilder(words)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw problem("secret-unreadable", "cannot be started", "Is it installed, and in PATH?");
        }
    }

    private static String output(Process process) {
        try (var output = process.getInputStream()) {
            var bytes = output.readNBytes(LIMIT);
            return new String(bytes, StandardCharsets.UTF_8).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProblemException late() {
        return problem("secret-unreadable", "did not end within " + patience.toMillis() + " ms", "");
    }

    private ProblemException problem(String code, String what, String hint) {
        var message = "secret \"%s\": the command %s %s".formatted(name, words.getFirst(), what);
        return new ProblemException(Problem.error(code, message)
                .hint(hint.isEmpty() ? "Type it yourself to see why: " + String.join(" ", words) : hint));
    }
}
