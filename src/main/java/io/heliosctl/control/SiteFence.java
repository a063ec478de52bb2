package io.heliosctl.control;

import io.heliosctl.model.Cluster;
import io.heliosctl.model.FenceCommands;
import io.heliosctl.model.FenceProof;
import io.heliosctl.model.Node;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The site's own fence, run on the operator's machine. Only its check is a proof: a command that says it worked has
/// said no more than that.
record SiteFence(Cluster cluster, Node node, FenceCommands commands) {

    private static final int SHOWN = 1000;

    /// Fences, and reads back that it is fenced.
    ///
    /// @throws ProblemException `fence-failed` with what the site's program said
    FenceProof fence() {
        run(commands.command());
        return check();
    }

    /// Only reads back.
    FenceProof check() {
        run(commands.check());
        return new FenceProof(
                node.name(),
                "fenced by the site: \"%s\" says so".formatted(String.join(" ", commands.check())),
                Optional.empty());
    }

    private void run(List<String> words) {
        var process = start(words);
        try {
            var output = CompletableFuture.supplyAsync(() -> output(process), Thread::startVirtualThread);
            if (!process.waitFor(commands.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw failed(
                        words,
                        "It did not end within %d s."
                                .formatted(commands.timeout().toSeconds()));
            }
            if (process.exitValue() != 0) {
                var said =
                        output.completeOnTimeout("", 1, TimeUnit.SECONDS).join().strip();
                throw failed(
                        words,
                        "It ended with status %d. %s"
                                .formatted(process.exitValue(), said)
                                .strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(words, "Waiting for it was interrupted.");
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    private Process start(List<String> words) {
        try {
            var builder = new ProcessBuilder(words)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectErrorStream(true);
            builder.environment().put("HELIOSCTL_CLUSTER", cluster.name());
            builder.environment().put("HELIOSCTL_NODE", node.name().value());
            builder.environment().put("HELIOSCTL_HOST", node.host());
            return builder.start();
        } catch (IOException e) {
            throw failed(words, "It cannot be started: %s.".formatted(e.getMessage()));
        }
    }

    private static String output(Process process) {
        try (var output = process.getInputStream()) {
            return new String(output.readNBytes(SHOWN), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /// How long both commands may take together.
    Duration patience() {
        return commands.timeout().multipliedBy(2);
    }

    private ProblemException failed(List<String> words, String detail) {
        return new ProblemException(
                Problem.error("fence-failed", "the site's fence of %s did not work".formatted(node.name()))
                        .detail("%s: %s".formatted(String.join(" ", words), detail))
                        .hint("Type it yourself to see why."));
    }
}
