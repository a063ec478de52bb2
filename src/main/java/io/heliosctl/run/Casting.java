package io.heliosctl.run;

import io.heliosctl.model.Cast;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.Pooler;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Topology;
import io.heliosctl.runbook.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Binds the roles of a runbook to names, once, before the first step.
public final class Casting {

    private final Topology topology;
    private final Optional<NodeName> candidate;
    private final Optional<NodeName> lost;
    private final Map<String, NodeName> nodeParameters;

    /// Casts from one observation.
    ///
    /// @param candidate who is to become primary, if that has been decided
    /// @param nodeParameters the runbook's parameters of type node
    /// @param lost the primary that is lost, if one is
    public Casting(
            Topology topology,
            Optional<NodeName> candidate,
            Optional<NodeName> lost,
            Map<String, NodeName> nodeParameters) {
        this.topology = topology;
        this.candidate = candidate;
        this.lost = lost;
        this.nodeParameters = Map.copyOf(nodeParameters);
    }

    /// Binds every role.
    ///
    /// @throws RefusedException if a role has nobody to play it
    public Cast of(Map<String, Role> roles) {
        var nodes = new LinkedHashMap<String, List<NodeName>>();
        var poolers = new LinkedHashMap<String, List<PoolerName>>();
        roles.forEach((name, role) -> {
            if (role.isPooler()) {
                poolers.put(name, poolers(role));
            } else {
                nodes.put(name, nodes(role));
            }
        });
        return new Cast(nodes, poolers);
    }

    private List<PoolerName> poolers(Role role) {
        return topology.cluster().poolers().stream()
                .map(Pooler::name)
                .filter(name -> {
                    var answers = topology.state(name) instanceof PoolerState.Answering;
                    return role instanceof Role.Poolers || answers == role instanceof Role.AnsweringPoolers;
                })
                .toList();
    }

    private List<NodeName> nodes(Role role) {
        return switch (role) {
            case Role.Primary primary -> List.of(primary());
            case Role.LostPrimary lost -> List.of(this.lost.orElseThrow(Casting::noCandidate));
            case Role.Candidate chosen -> List.of(candidate.orElseThrow(Casting::noCandidate));
            case Role.OtherStandbys others ->
                standbys().stream()
                        .filter(name -> !Optional.of(name).equals(candidate))
                        .toList();
            case Role.Standbys all -> standbys();
            case Role.Nodes all ->
                topology.cluster().nodes().stream().map(node -> node.name()).toList();
            case Role.Parameter parameter -> List.of(nodeParameters.get(parameter.name()));
            case Role.Poolers _, Role.AnsweringPoolers _, Role.SilentPoolers _ ->
                throw new IllegalArgumentException("a role of poolers has no nodes");
        };
    }

    private NodeName primary() {
        var primaries = topology.primaries();
        if (primaries.size() != 1) {
            throw new RefusedException(Primaries.problem(topology));
        }
        return primaries.getFirst();
    }

    private List<NodeName> standbys() {
        var primaries = topology.primaries();
        return topology.cluster().nodes().stream()
                .map(node -> node.name())
                .filter(name -> !primaries.contains(name) && !lost.equals(Optional.of(name)))
                .toList();
    }

    private static RefusedException noCandidate() {
        return new RefusedException(Problem.error("no-candidate", "no standby can be promoted"));
    }
}
