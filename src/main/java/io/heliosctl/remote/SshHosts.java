package io.heliosctl.remote;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.remote.Reached.Connected;
import io.heliosctl.remote.Reached.Failed;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The SSH connections of one run: opened in parallel, kept until this is closed. Targets with the same user,
/// host and port share one, and so do targets behind the same jump host.
public final class SshHosts implements AutoCloseable {

    /// For what no other deadline covers, such as a name server that does not answer.
    private static final Duration SLACK = Duration.ofSeconds(2);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Routes routes;
    private final Identities identities;
    private final Dialer dialer = new Dialer();
    private final Map<Hop, CompletableFuture<Connection>> connections = new ConcurrentHashMap<>();

    public SshHosts(Passphrases passphrases) {
        this(passphrases, Surroundings.ofThisProcess());
    }

    public SshHosts(Passphrases passphrases, Surroundings here) {
        this.routes = new Routes(here);
        this.identities = new Identities(passphrases);
    }

    /// Connects to all of them at once. What goes wrong with one is its own answer; nothing is thrown for it.
    ///
    /// @return an answer for each target's name, in the order asked
    public Map<String, Reached> open(List<Target> targets) {
        Map<String, CompletableFuture<Reached>> answers = new LinkedHashMap<>();
        for (Target target : targets) {
            answers.put(target.name(), CompletableFuture.supplyAsync(() -> open(target), threads));
        }
        Map<String, Reached> reached = new LinkedHashMap<>();
        answers.forEach((name, answer) -> reached.put(name, answer.join()));
        return reached;
    }

    private Reached open(Target target) {
        try {
            Hop hop = routes.to(target.host(), target.ssh());
            prepare(hop);
            Duration patience = hop.patience().plus(SLACK);
            Connection connection = connection(hop).get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return new Connected(new SshHost(target.name(), new Line(connection, () -> connection(hop))));
        } catch (ExecutionException | RuntimeException e) {
            return new Failed(named(target, problem(e)));
        } catch (TimeoutException e) {
            return new Failed(
                    Problem.error("ssh-timeout", target.name() + ": " + target.host() + " did not answer in time"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Failed(Problem.error("ssh-interrupted", target.name() + ": connecting was interrupted"));
        }
    }

    /// Finds keys and asks for passphrases while no server and no deadline waits.
    private void prepare(Hop hop) {
        hop.via().ifPresent(this::prepare);
        identities.of(hop.identities());
    }

    private CompletableFuture<Connection> connection(Hop hop) {
        return connections.compute(
                hop,
                (wanted, existing) -> Optional.ofNullable(existing)
                        .filter(SshHosts::isUsable)
                        .orElseGet(() -> CompletableFuture.supplyAsync(() -> dial(wanted), threads)));
    }

    private static boolean isUsable(CompletableFuture<Connection> connection) {
        return !connection.isDone()
                || (!connection.isCompletedExceptionally() && connection.join().isOpen());
    }

    private Connection dial(Hop hop) {
        Optional<Connection> via = hop.via().map(before -> connection(before).join());
        Attempt attempt = new Attempt(hop, KnownHosts.read(hop.knownHosts()), identities.of(hop.identities()));
        return new Connection(hop, dialer.dial(attempt, via));
    }

    private static ProblemException problem(Throwable thrown) {
        return switch (thrown) {
            case ProblemException problem -> problem;
            case ExecutionException wrapped when wrapped.getCause() != null -> problem(wrapped.getCause());
            case CompletionException wrapped when wrapped.getCause() != null -> problem(wrapped.getCause());
            default ->
                new ProblemException(
                        Problem.error("ssh-failed", "cannot connect").detail(thrown.toString()), thrown);
        };
    }

    private static Problem named(Target target, ProblemException exception) {
        Problem problem = exception.problems().getFirst();
        return new Problem(
                problem.severity(),
                problem.code(),
                target.name() + ": " + problem.message(),
                problem.detail(),
                problem.hint(),
                problem.place());
    }

    @Override
    public void close() {
        dialer.close();
        threads.shutdownNow();
    }
}
