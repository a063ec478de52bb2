package io.heliosctl.control;

import io.heliosctl.model.DirectClient;
import io.heliosctl.model.Divergence;
import io.heliosctl.model.Histories;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.NodeState.Primary;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.Succession;
import io.heliosctl.model.SystemId;
import io.heliosctl.model.Timeline;
import io.heliosctl.model.TimelineHistory;
import io.heliosctl.model.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who has left whose history, read from the servers and counted in their WAL.
final class Partings {

    private static final Duration LOOK = Duration.ofSeconds(5);

    private final LiveCluster live;
    private final DirectClients direct;

    Partings(LiveCluster live) {
        this.live = live;
        this.direct = new DirectClients(live);
    }

    Histories of(Topology seen) {
        var primaries = seen.primaries();
        if (primaries.isEmpty() || isWhole(seen, primaries)) {
            return Histories.unknown();
        }
        try {
            var histories = histories(seen, primaries);
            var states = new LinkedHashMap<NodeName, Primary>();
            primaries.forEach(name -> states.put(name, (Primary) seen.state(name)));
            var succession = Succession.of(states, histories);
            var right = Optional.of(succession.newest())
                    .filter(name -> succession.objection().isEmpty());
            var divergences = right.map(name -> divergences(seen, name, histories.get(name)))
                    .orElse(List.of());
            return new Histories(right, succession.objection(), divergences, clients(seen, primaries, right));
        } catch (ProblemException e) {
            var problem = e.problems().getFirst();
            return new Histories(
                    Optional.empty(), "the timelines could not be read: " + problem.message(), List.of(), List.of());
        }
    }

    /// Where one primary feeds all others there is nothing to tell.
    private static boolean isWhole(Topology seen, List<NodeName> primaries) {
        return primaries.size() == 1
                && seen.nodes().entrySet().stream()
                        .allMatch(each -> primaries.contains(each.getKey())
                                || !mayHaveLeft(each.getValue(), timeline(seen.state(primaries.getFirst()))));
    }

    private Map<NodeName, TimelineHistory> histories(Topology seen, List<NodeName> primaries) {
        var read = InParallel.map(
                primaries, name -> live.node(name).server().ancestry().history(timeline(seen.state(name)), LOOK));
        var histories = new LinkedHashMap<NodeName, TimelineHistory>();
        for (int i = 0; i < primaries.size(); i++) {
            histories.put(primaries.get(i), read.get(i));
        }
        return histories;
    }

    private List<Divergence> divergences(Topology seen, NodeName right, TimelineHistory history) {
        var left = new ArrayList<NodeName>();
        for (var node : seen.cluster().nodes()) {
            var state = seen.state(node.name());
            if (!node.name().equals(right) && mayHaveLeft(state, history.timeline()) && isSame(seen, state, right)) {
                var fork = history.left(timeline(state));
                // Where a stopped server's WAL ends is not known before it is read.
                if (fork.isPresent()
                        && (!(state instanceof NodeState.Standby)
                                || position(state).isPast(fork.get()))) {
                    left.add(node.name());
                }
            }
        }
        return InParallel.map(left, name -> divergence(seen, name, right, history)).stream()
                .filter(each -> each.bytes() > 0 || seen.state(each.node()) instanceof Primary)
                .toList();
    }

    /// A standby whose history has parted streams now and then, up to the fork and over again.
    private static boolean mayHaveLeft(NodeState state, Timeline current) {
        return switch (state) {
            case Primary primary -> true;
            case NodeState.Stopped stopped -> true;
            case NodeState.Standby standby ->
                !standby.isStreaming() || !standby.identity().timeline().equals(current);
            case NodeState.Unreachable unreachable -> false;
        };
    }

    private static boolean isSame(Topology seen, NodeState state, NodeName right) {
        return system(state).equals(system(seen.state(right)));
    }

    private Divergence divergence(Topology seen, NodeName name, NodeName right, TimelineHistory history) {
        var state = seen.state(name);
        var timeline = timeline(state);
        var fork = history.left(timeline).orElseThrow();
        var runs = state instanceof NodeState.Running;
        var end = position(state);
        Optional<Long> transactions = Optional.empty();
        var uncounted = "";
        var exact = runs;
        try {
            var committed = live.node(name).server().ancestry().committedSince(timeline, fork);
            transactions = Optional.of(committed.transactions());
            exact = runs || committed.exact();
            end = committed.end().isPast(end) || committed.exact() ? committed.end() : end;
        } catch (ProblemException e) {
            var problem = e.problems().getFirst();
            uncounted = problem.message();
        }
        var otherEnd = position(seen.state(right));
        return new Divergence(
                name, timeline, right, history.timeline(), fork, end, exact, otherEnd, transactions, uncounted);
    }

    /// Whom the primaries serve directly that should not be one, perhaps.
    private List<DirectClient> clients(Topology seen, List<NodeName> primaries, Optional<NodeName> right) {
        return direct.of(
                seen,
                primaries.stream()
                        .filter(name -> !right.equals(Optional.of(name)))
                        .toList());
    }

    private static Timeline timeline(NodeState state) {
        return switch (state) {
            case NodeState.Running running -> running.identity().timeline();
            case NodeState.Stopped stopped -> stopped.control().timeline();
            case NodeState.Unreachable unreachable -> throw new IllegalArgumentException(unreachable.reason());
        };
    }

    private static SystemId system(NodeState state) {
        return switch (state) {
            case NodeState.Running running -> running.identity().systemId();
            case NodeState.Stopped stopped -> stopped.control().systemId();
            case NodeState.Unreachable unreachable -> throw new IllegalArgumentException(unreachable.reason());
        };
    }

    private static Lsn position(NodeState state) {
        return switch (state) {
            case NodeState.Running running -> running.position();
            case NodeState.Stopped stopped -> stopped.control().checkpoint();
            case NodeState.Unreachable unreachable -> throw new IllegalArgumentException(unreachable.reason());
        };
    }
}
