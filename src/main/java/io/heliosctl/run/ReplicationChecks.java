package io.heliosctl.run;

import io.heliosctl.control.Findings;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.NodeState.Primary;
import io.heliosctl.model.NodeState.Running;
import io.heliosctl.model.NodeState.Standby;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Whether the candidate can feed everybody who will follow it.
final class ReplicationChecks {

    /// A standby must not have less than its primary of these (PostgreSQL manual, "Hot Standby: Administrator's
    /// Overview"): it would refuse to start, or pause replay.
    private static final List<String> NOT_LESS = List.of(
            "max_connections",
            "max_worker_processes",
            "max_wal_senders",
            "max_prepared_transactions",
            "max_locks_per_transaction");

    private ReplicationChecks() {}

    static Findings findings(Topology topology, NodeName oldPrimary, NodeName newPrimary) {
        return Findings.of(
                of(topology, oldPrimary, newPrimary),
                newPrimary.value(),
                "walsenders%s enough, and settings that let %s follow"
                        .formatted(usesSlots(topology) ? " and slots" : "", oldPrimary));
    }

    static List<Problem> of(Topology topology, NodeName oldPrimary, NodeName newPrimary) {
        if (!(topology.state(newPrimary) instanceof Standby candidate)
                || !(topology.state(oldPrimary) instanceof Primary primary)) {
            return List.of();
        }
        var problems = new ArrayList<Problem>();
        problems.addAll(others(topology, oldPrimary, newPrimary));
        var followers = topology.cluster().nodes().size() - 1;
        problems.addAll(walSenders(newPrimary, candidate, followers));
        if (usesSlots(topology)) {
            problems.addAll(slots(newPrimary, candidate, followers));
        }
        problems.addAll(settings(oldPrimary, primary, newPrimary, candidate));
        problems.addAll(synchronous(newPrimary, candidate, topology));
        return problems;
    }

    /// Whether a candidate can feed those that are left when the primary is lost.
    static List<Problem> without(Topology topology, NodeName lost, NodeName newPrimary) {
        if (!(topology.state(newPrimary) instanceof Standby candidate)) {
            return List.of();
        }
        var problems = new ArrayList<Problem>();
        var followers = topology.cluster().nodes().size() - 2;
        problems.addAll(walSenders(newPrimary, candidate, followers));
        if (usesSlots(topology)) {
            problems.addAll(slots(newPrimary, candidate, followers));
        }
        var names = candidate.facts().setting("synchronous_standby_names");
        var left = topology.nodes().entrySet().stream()
                .filter(entry -> !entry.getKey().equals(lost) && !entry.getKey().equals(newPrimary))
                .filter(entry -> entry.getValue() instanceof Standby)
                .map(entry -> entry.getKey().value())
                .toList();
        if (!names.isEmpty() && left.stream().noneMatch(name -> names.contains(name) || names.contains("*"))) {
            problems.add(Problem.error("synchronous-nobody", "commits on %s would wait for ever".formatted(newPrimary))
                    .detail("synchronous_standby_names there is %s, and of these nobody is left.".formatted(names))
                    .hint("On %s: ALTER SYSTEM SET synchronous_standby_names = ''; then SELECT pg_reload_conf();"
                            .formatted(newPrimary)));
        }
        return problems;
    }

    /// Standbys that will be asked to follow and cannot: the move is still possible, and they are told of.
    private static List<Problem> others(Topology topology, NodeName oldPrimary, NodeName newPrimary) {
        var problems = new ArrayList<Problem>();
        topology.nodes().forEach((name, state) -> {
            var involved = name.equals(oldPrimary) || name.equals(newPrimary);
            if (!involved && state instanceof NodeState.Unreachable unreachable) {
                problems.add(Problem.error("node-unreachable", "node " + name + " could not be asked")
                        .detail(Sentence.of(unreachable.reason()))
                        .hint("Whether it is a second primary is not known. Bring it back, or take it out of the "
                                + "inventory."));
            }
            if (!involved && state instanceof NodeState.Stopped) {
                problems.add(Problem.warning("node-stopped", "PostgreSQL does not run on " + name)
                        .detail("It will not follow %s.".formatted(newPrimary)));
            }
        });
        return problems;
    }

    /// Whether the candidate can take a walsender for each that will follow it. Where it cannot, a login for
    /// replication may be refused for that alone, at random.
    static boolean hasWalSenders(Topology topology, NodeName newPrimary) {
        var followers = topology.cluster().nodes().size() - 1;
        return !(topology.state(newPrimary) instanceof Standby candidate)
                || walSenders(newPrimary, candidate, followers).isEmpty();
    }

    private static List<Problem> walSenders(NodeName name, Standby candidate, int followers) {
        var limit = number(candidate, "max_wal_senders");
        var needed = followers + candidate.senders().size();
        if (limit.isEmpty() || limit.getAsInt() >= needed) {
            return List.of();
        }
        return List.of(Problem.error("too-few-walsenders", name + " has too few walsenders")
                .detail("max_wal_senders is %d; %d are needed.".formatted(limit.getAsInt(), needed))
                .hint("Raise max_wal_senders on %s and restart it.".formatted(name)));
    }

    static boolean usesSlots(Topology topology) {
        return topology.nodes().values().stream()
                .anyMatch(state -> state instanceof Standby standby
                        && !standby.facts().setting("primary_slot_name").isEmpty());
    }

    private static List<Problem> slots(NodeName name, Standby candidate, int followers) {
        var limit = number(candidate, "max_replication_slots");
        var needed = followers + candidate.slots().size();
        if (limit.isEmpty() || limit.getAsInt() >= needed) {
            return List.of();
        }
        return List.of(Problem.error("too-few-slots", name + " has too few replication slots")
                .detail("max_replication_slots is %d; %d are needed.".formatted(limit.getAsInt(), needed))
                .hint("Raise max_replication_slots on %s and restart it, or drop slots nobody uses.".formatted(name)));
    }

    private static List<Problem> settings(
            NodeName oldPrimary, Primary primary, NodeName newPrimary, Standby candidate) {
        var problems = new ArrayList<Problem>();
        for (var setting : NOT_LESS) {
            var future = number(primary, setting);
            var needed = number(candidate, setting);
            if (future.isPresent() && needed.isPresent() && future.getAsInt() < needed.getAsInt()) {
                problems.add(Problem.error(
                                "setting-too-low", "%s is too low on %s for a standby".formatted(setting, oldPrimary))
                        .detail("It is %d there and %d on %s."
                                .formatted(future.getAsInt(), needed.getAsInt(), newPrimary))
                        .hint("Raise it on %s and restart it.".formatted(oldPrimary)));
            }
        }
        return problems;
    }

    /// Commits on the new primary hang if it waits for a standby that nobody will be.
    private static List<Problem> synchronous(NodeName name, Standby candidate, Topology topology) {
        var names = candidate.facts().setting("synchronous_standby_names");
        if (names.isEmpty()) {
            return List.of();
        }
        var served = topology.cluster().nodes().stream()
                .map(node -> node.name().value())
                .anyMatch(node -> !node.equals(name.value()) && (names.contains(node) || names.contains("*")));
        if (served) {
            return List.of(Problem.warning("synchronous", "commits on %s will wait for a standby".formatted(name))
                    .detail("synchronous_standby_names there is %s.".formatted(names)));
        }
        return List.of(Problem.error("synchronous-nobody", "commits on %s would wait for ever".formatted(name))
                .detail("synchronous_standby_names there is %s, and no other node has such a name.".formatted(names))
                .hint("Change synchronous_standby_names on %s.".formatted(name)));
    }

    private static OptionalInt number(Running server, String setting) {
        var text = server.facts().setting(setting);
        return text.matches("[0-9]{1,9}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }
}
