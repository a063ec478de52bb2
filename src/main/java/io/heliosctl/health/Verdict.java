package io.heliosctl.health;

import io.heliosctl.model.Diagnosis;
import io.heliosctl.model.Divergence;
import io.heliosctl.model.Histories;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.SwitchTrace;
import io.heliosctl.model.Topology;
import io.heliosctl.run.Candidacy;
import io.heliosctl.run.Candidates;
import io.heliosctl.run.Primaries;
import java.util.ArrayList;
import java.util.List;

/// What an observation means for a planned move of the primary.
///
/// @param safe whether nothing that was seen speaks against it
/// @param sentence the one sentence to read
/// @param problems what was seen to be wrong, worst first
public record Verdict(Diagnosis diagnosis, boolean safe, String sentence, List<Problem> problems) {

    /// What a candidate may be behind unless somebody says otherwise: the default of the runbook
    /// `switchover`.
    public static final long MAX_LAG = 16L << 20;

    public Verdict {
        problems = List.copyOf(problems);
    }

    /// Judges one observation.
    public static Verdict of(Topology topology) {
        return of(topology, Histories.unknown());
    }

    /// The same, with what the timelines tell.
    public static Verdict of(Topology topology, Histories histories) {
        var diagnosis = Diagnosis.of(topology);
        if (diagnosis == Diagnosis.HEALTHY && !histories.divergences().isEmpty()) {
            diagnosis = Diagnosis.DEGRADED;
        }
        var problems = problems(topology, histories);
        return switch (diagnosis) {
            case SPLIT_BRAIN -> unsafe(diagnosis, "more than one node accepts writes", problems);
            case NO_PRIMARY -> unsafe(diagnosis, "no node is a primary", problems);
            case PRIMARY_UNREACHABLE ->
                unsafe(diagnosis, "no primary was seen, and not every node could be asked", problems);
            case HEALTHY, DEGRADED -> withPrimary(topology, diagnosis, problems);
        };
    }

    /// The same with what is known of dead-man's switches: while one is armed or at work, a run has not
    /// ended.
    public Verdict with(List<SwitchTrace> switches) {
        return switches.stream()
                .filter(trace -> !trace.hasEnded())
                .findFirst()
                .map(trace -> unsafe(diagnosis, "the dead-man's switch of " + trace.target() + " is armed", problems))
                .orElse(this);
    }

    private static Verdict withPrimary(Topology topology, Diagnosis diagnosis, List<Problem> problems) {
        var ranking = Candidates.ranking(topology, MAX_LAG);
        var best = ranking.stream().filter(Candidacy::isEligible).findFirst();
        if (best.isEmpty()) {
            var reason = ranking.stream()
                    .flatMap(candidacy -> candidacy.refusals().stream())
                    .map(Problem::message)
                    .findFirst()
                    .orElse("there is no standby");
            return unsafe(diagnosis, reason, problems);
        }
        var poolers = problems.stream()
                .filter(problem -> problem.code().startsWith("pooler-"))
                .findFirst();
        return poolers.map(problem -> unsafe(diagnosis, problem.message(), problems))
                .orElseGet(() -> new Verdict(
                        diagnosis,
                        true,
                        "Safe to switch over to %s.".formatted(best.get().node()),
                        problems));
    }

    private static Verdict unsafe(Diagnosis diagnosis, String reason, List<Problem> problems) {
        return new Verdict(diagnosis, false, "Not safe to switch over: " + reason + ".", problems);
    }

    private static List<Problem> problems(Topology topology, Histories histories) {
        var problems = new ArrayList<Problem>();
        if (topology.primaries().size() > 1) {
            problems.add(Primaries.problem(topology, histories));
        }
        topology.nodes().forEach((name, state) -> {
            switch (state) {
                case NodeState.Unreachable unreachable ->
                    problems.add(Problem.error("node-unreachable", "node " + name + " could not be asked")
                            .detail(unreachable.reason() + "."));
                case NodeState.Stopped stopped ->
                    problems.add(Problem.error("node-stopped", "PostgreSQL does not run on " + name)
                            .detail("Its control file says \"%s\"."
                                    .formatted(stopped.control().state())));
                case NodeState.Standby standby
                when !standby.isStreaming() ->
                    problems.add(Problem.warning("not-streaming", name + " is not streaming"));
                case NodeState.Standby standby -> {}
                case NodeState.Primary primary -> {}
            }
        });
        // Of several primaries this has been told already.
        histories.divergences().stream()
                .filter(each -> topology.primary().isPresent())
                .map(Verdict::leftBehind)
                .forEach(problems::add);
        topology.poolers().forEach((name, state) -> {
            switch (state) {
                case PoolerState.Unreachable unreachable ->
                    problems.add(Problem.error("pooler-unreachable", "pooler " + name + " could not be asked")
                            .detail(unreachable.reason() + "."));
                case PoolerState.Answering answering
                when answering.isPaused() ->
                    problems.add(Problem.error("pooler-paused", "pooler " + name + " is paused"));
                case PoolerState.Answering answering -> {
                    var target = topology.target(name);
                    if (topology.primary().isPresent() && !target.equals(topology.primary())) {
                        problems.add(Problem.error(
                                        "pooler-elsewhere", "pooler %s does not lead to the primary".formatted(name))
                                .hint("To lead every pooler there: heliosctl run route %s"
                                        .formatted(topology.cluster().name())));
                    }
                }
            }
        });
        return problems;
    }

    private static Problem leftBehind(Divergence divergence) {
        var count = divergence.uncounted().isEmpty()
                ? ""
                : " The transactions could not be counted: %s.".formatted(divergence.uncounted());
        return Problem.warning("left-behind", divergence.sentence())
                .detail("It cannot follow any more: %s, and its own WAL goes on to %s.%s"
                        .formatted(divergence.place(), divergence.end(), count))
                .hint("Keep its data directory until nothing of that is missed.");
    }
}
