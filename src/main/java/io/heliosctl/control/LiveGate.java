package io.heliosctl.control;

import io.heliosctl.model.NodeState;
import io.heliosctl.model.ProblemException;
import io.heliosctl.pgbouncer.PauseAttempts;
import io.heliosctl.pgbouncer.PauseAttempts.Ending;
import io.heliosctl.pgbouncer.ServerInUse;
import io.heliosctl.postgres.Session;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Real poolers, and whichever node is the primary.
final class LiveGate implements PauseTogether.Gate {

    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration CHANGE = Duration.ofSeconds(10);

    private final PauseAttempts attempts;
    private final List<LiveNode> nodes;
    private final Duration logins;
    private Optional<LiveNode> primary = Optional.empty();

    /// @param logins how long each attempt waits for server logins first
    LiveGate(PauseAttempts attempts, Collection<LiveNode> nodes, Duration logins) {
        this.attempts = attempts;
        this.nodes = List.copyOf(nodes);
        this.logins = logins;
    }

    @Override
    public void prepare() {
        attempts.prepare();
    }

    @Override
    public Ending attempt(Duration limit) {
        return attempts.attempt(limit, logins);
    }

    @Override
    public List<ServerInUse> inUse() {
        return attempts.inUse();
    }

    @Override
    public boolean nobodyWaits() {
        return attempts.nobodyWaits();
    }

    @Override
    public Optional<List<Session>> sessions(Collection<Long> pids) {
        try {
            return primary().map(node -> aside(() -> node.server().sessions(pids, LOOK)));
        } catch (ProblemException _) {
            // PgBouncer has named them too, if not as well.
            return Optional.empty();
        }
    }

    @Override
    public boolean end(Session session) {
        return primary()
                .map(node -> aside(() -> node.server().endSession(session, CHANGE)))
                .orElse(false);
    }

    /// All are asked at once, so that one that does not answer delays this only once.
    private Optional<LiveNode> primary() {
        if (primary.isEmpty()) {
            var states = nodes.stream()
                    .map(node -> CompletableFuture.supplyAsync(node::observe, Thread::startVirtualThread))
                    .toList();
            primary = IntStream.range(0, nodes.size())
                    .filter(i -> states.get(i).join() instanceof NodeState.Primary)
                    .mapToObj(nodes::get)
                    .findFirst();
        }
        return primary;
    }

    /// On a thread of its own: this one may be interrupted, which would break the connection it asks over.
    private static <T> T aside(Supplier<T> question) {
        try {
            return CompletableFuture.supplyAsync(question, Thread::startVirtualThread)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
