package io.heliosctl.run;

import io.heliosctl.document.Problems;
import io.heliosctl.document.Spelling;
import io.heliosctl.model.Cast;
import io.heliosctl.model.Node;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.Place;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Topology;
import io.heliosctl.runbook.Binding;
import io.heliosctl.runbook.Parameter;
import io.heliosctl.runbook.Role;
import io.heliosctl.runbook.Runbook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Makes a plan of a runbook for a cluster as it was seen.
public final class Planner {

    private final Runbook runbook;
    private final Topology topology;
    private final Map<String, String> given;
    private final Optional<SavedPlan> saved;

    /// Plans one runbook for one observation.
    ///
    /// @param given parameters as typed, by name
    public Planner(Runbook runbook, Topology topology, Map<String, String> given) {
        this(runbook, topology, given, Optional.empty());
    }

    /// Plans again what was planned and saved: with the candidate of then, if one was chosen.
    public Planner(Runbook runbook, Topology topology, Map<String, String> given, Optional<SavedPlan> saved) {
        this.runbook = runbook;
        this.topology = topology;
        this.given = Map.copyOf(given);
        this.saved = saved;
    }

    /// A plan, and why its candidate was chosen.
    ///
    /// @param plan what will be done
    /// @param ranking how the candidates compare; empty if the runbook needs none
    public record Planned(Plan plan, List<Candidacy> ranking) {}

    /// Makes the plan.
    ///
    /// @param cluster what templates in the runbook see of the cluster
    /// @throws RefusedException if there is nobody to play a role, with every reason
    /// @throws NothingToDoException if the node to promote is the primary
    /// @throws io.heliosctl.model.InvalidDocumentException if a parameter is wrong
    public Planned plan(Map<String, Object> cluster) {
        var parameters = parameters();
        var needsCandidate = runbook.cast().values().stream().anyMatch(Role.Candidate.class::isInstance);
        var lost = LostPrimaries.isAbout(runbook)
                ? Optional.of(LostPrimaries.of(topology, node(parameters, "from")))
                : Optional.<NodeName>empty();
        List<Candidacy> ranking = List.of();
        Optional<NodeName> candidate = Optional.empty();
        if (needsCandidate) {
            if (lost.isEmpty() && topology.primaries().size() != 1) {
                throw new RefusedException(Primaries.problem(topology));
            }
            ranking = lost.isPresent()
                    ? Successors.ranking(topology, lost.get())
                    : Candidates.ranking(topology, maxLag(parameters));
            candidate = Optional.of(choose(ranking, chosenBefore().or(() -> node(parameters, "to"))));
        }
        var nodes = new LinkedHashMap<String, NodeName>();
        runbook.parameters().keySet().forEach(name -> node(parameters, name).ifPresent(node -> nodes.put(name, node)));
        var cast = new Casting(topology, candidate, lost, nodes).of(runbook.cast());
        return new Planned(plan(parameters, cast, cluster), ranking);
    }

    /// Makes the plan of a run again, for the cluster as it is now: with the parameters it had, which are those
    /// given here, and with its cast. Nobody is chosen.
    ///
    /// @param header of the run's journal
    /// @param cluster what templates in the runbook see of the cluster
    /// @throws RefusedException if the runbook or the inventory does not fit that cast any more
    public Plan again(History.Header header, Map<String, Object> cluster) {
        var parameters = parameters();
        var cast = new FrozenCast(topology.cluster()).of(runbook.cast(), header);
        return plan(parameters, cast, cluster);
    }

    private Plan plan(Map<String, Object> parameters, Cast cast, Map<String, Object> cluster) {
        var bound = Binding.bind(runbook, cast, context(withNulls(parameters), cast, cluster));
        // As written, so that they can be read again.
        var shown = new LinkedHashMap<String, String>();
        parameters
                .keySet()
                .forEach(name -> text(runbook.parameters().get(name)).ifPresent(text -> shown.put(name, text)));
        return new Plan(runbook.name(), shown, cast, bound.steps(), bound.verify(), topology);
    }

    private Optional<NodeName> chosenBefore() {
        return runbook.cast().entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Role.Candidate)
                .findFirst()
                .flatMap(entry -> saved.flatMap(plan -> plan.player(entry.getKey())));
    }

    /// A parameter that nobody gave is null in conditions, not undefined.
    private Map<String, Object> withNulls(Map<String, Object> parameters) {
        var all = new LinkedHashMap<String, Object>();
        runbook.parameters().keySet().forEach(name -> all.put(name, parameters.get(name)));
        return all;
    }

    private Map<String, Object> parameters() {
        var problems = new Problems();
        var values = new LinkedHashMap<String, Object>();
        for (var name : given.keySet()) {
            if (!runbook.parameters().containsKey(name)) {
                problems.add(Problem.error(
                                "unknown-parameter",
                                "runbook %s has no parameter \"%s\"".formatted(runbook.name(), name))
                        .detail("It has: "
                                + String.join(", ", runbook.parameters().keySet()) + ".")
                        .hint(Spelling.question(name, runbook.parameters().keySet())));
            }
        }
        runbook.parameters()
                .forEach((name, parameter) -> value(parameter, problems).ifPresent(value -> values.put(name, value)));
        problems.throwIfErrors();
        return values;
    }

    private Optional<String> text(Parameter parameter) {
        return Optional.ofNullable(given.get(parameter.name())).or(parameter::otherwise);
    }

    private Optional<Object> value(Parameter parameter, Problems problems) {
        var text = text(parameter);
        if (text.isEmpty() && parameter.required()) {
            problems.add(Problem.error("missing-parameter", "parameter \"%s\" is not given".formatted(parameter.name()))
                    .detail(parameter.help() + ".")
                    .hint("Give it with --set %s=VALUE.".formatted(parameter.name())));
        }
        var place = new Place("--set " + parameter.name(), 1, 1, text.orElse(""));
        return text.flatMap(written -> parameter.value(written, place, problems));
    }

    private Optional<NodeName> node(Map<String, Object> parameters, String name) {
        var parameter = Optional.ofNullable(runbook.parameters().get(name));
        return parameter
                .filter(found -> found.type() == Parameter.Type.NODE)
                .flatMap(found -> Optional.ofNullable(parameters.get(name)))
                .map(value -> known(String.valueOf(value)));
    }

    private NodeName known(String name) {
        var names = topology.cluster().nodes().stream()
                .map(Node::name)
                .map(NodeName::value)
                .toList();
        if (!names.contains(name)) {
            throw new RefusedException(Problem.error(
                            "no-such-node",
                            "cluster %s has no node \"%s\""
                                    .formatted(topology.cluster().name(), name))
                    .detail("It has: " + String.join(", ", names) + ".")
                    .hint(Spelling.question(name, names)));
        }
        return new NodeName(name);
    }

    private static long maxLag(Map<String, Object> parameters) {
        return parameters.get("max_lag") instanceof Number limit ? limit.longValue() : Long.MAX_VALUE;
    }

    private NodeName choose(List<Candidacy> ranking, Optional<NodeName> wanted) {
        if (wanted.isPresent()) {
            return named(ranking, wanted.get());
        }
        var best = ranking.stream().filter(Candidacy::isEligible).findFirst();
        if (best.isPresent()) {
            return best.get().node();
        }
        var none = Problem.error("no-candidate", "no standby can be promoted");
        throw new RefusedException(Stream.concat(
                        Stream.of(none.detail("%s looked at; what speaks against each follows."
                                .formatted(Sentence.count(ranking.size(), "node")
                                        + (ranking.size() == 1 ? " was" : " were")))),
                        ranking.stream().flatMap(candidacy -> candidacy.refusals().stream()))
                .toList());
    }

    private NodeName named(List<Candidacy> ranking, NodeName wanted) {
        if (topology.primaries().contains(wanted)) {
            throw new NothingToDoException(wanted + " is the primary already; nothing to do.");
        }
        var candidacy = ranking.stream()
                .filter(each -> each.node().equals(wanted))
                .findFirst()
                .orElseThrow();
        if (!candidacy.isEligible()) {
            throw new RefusedException(candidacy.refusals());
        }
        return wanted;
    }

    private static Map<String, Object> context(Map<String, Object> parameters, Cast cast, Map<String, Object> cluster) {
        var roles = new LinkedHashMap<String, Object>();
        cast.nodes()
                .forEach((role, nodes) ->
                        roles.put(role, nodes.stream().map(NodeName::value).toList()));
        cast.poolers()
                .forEach((role, poolers) ->
                        roles.put(role, poolers.stream().map(Object::toString).toList()));
        return Map.of("params", parameters, "cast", roles, "cluster", cluster);
    }
}
