package io.heliosctl.control;

import io.heliosctl.model.Amounts;
import io.heliosctl.model.Node;
import io.heliosctl.model.Pooler;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.Sighting;
import io.heliosctl.model.Sighting.Answer;
import io.heliosctl.model.Sighting.Way;
import io.heliosctl.pgbouncer.Traffic;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether a pooler's clients still work on a server. A transaction that the server has ended while it was
/// watched proves that it lives, whoever else reaches it. That none ended proves nothing: there may be no
/// client, or a long query; and a connection that is "active" may have been so since the power was cut.
final class PoolerWitness {

    private static final Duration LOOK = Duration.ofSeconds(3);

    private final LivePooler door;
    private final Pooler pooler;
    private final Node suspect;

    PoolerWitness(LivePooler door, Pooler pooler, Node suspect) {
        this.door = door;
        this.pooler = pooler;
        this.suspect = suspect;
    }

    Sighting watch(Duration time) {
        try {
            var databases = databases();
            if (databases.isEmpty()) {
                return unknown("leads elsewhere");
            }
            var first = door.traffic(LOOK);
            Thread.sleep(time);
            return judged(databases, first, door.traffic(LOOK), time);
        } catch (ProblemException e) {
            return unknown(e.problems().getFirst().message());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unknown("interrupted");
        }
    }

    private Sighting judged(Set<String> databases, Traffic first, Traffic last, Duration time) {
        var connections = last.servers().stream()
                .filter(server -> databases.contains(server.database()) && !server.closing())
                .toList();
        var ended = ended(databases, first, last);
        if (!connections.isEmpty() && ended > 0) {
            return sighting(Answer.ALIVE, "%d of their transactions ended in %s".formatted(ended, Amounts.time(time)));
        }
        var active = connections.stream().filter(server -> server.isActive()).count();
        return unknown(
                active == 0
                        ? "no client uses it"
                        : "%d server connections in use, no transaction ended in %s"
                                .formatted(active, Amounts.time(time)));
    }

    /// A PgBouncer that was started anew meanwhile counts from zero.
    private static long ended(Set<String> databases, Traffic first, Traffic last) {
        return databases.stream()
                .mapToLong(database -> last.transactions().getOrDefault(database, 0L)
                        - first.transactions().getOrDefault(database, 0L))
                .filter(count -> count > 0)
                .sum();
    }

    /// Those that lead to the suspect.
    private Set<String> databases() {
        return switch (door.observe(LOOK)) {
            case PoolerState.Answering answering ->
                answering.instances().stream()
                        .flatMap(instance -> instance.routes().stream())
                        .filter(route -> route.leadsTo(suspect, pooler.host()))
                        .map(PoolerState.Route::database)
                        .collect(Collectors.toSet());
            case PoolerState.Unreachable unreachable ->
                throw new ProblemException(Problem.error("pooler-unreachable", unreachable.reason()));
        };
    }

    private Sighting unknown(String detail) {
        return sighting(Answer.UNKNOWN, detail);
    }

    private Sighting sighting(Answer answer, String detail) {
        return new Sighting(pooler.name().toString(), Way.CLIENTS, answer, detail);
    }
}
