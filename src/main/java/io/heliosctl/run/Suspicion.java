package io.heliosctl.run;

import io.heliosctl.model.Evidence;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Sighting;
import io.heliosctl.model.Topology;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the evidence about a lost primary means. Dead is only what everybody who could be asked finds dead.
public final class Suspicion {

    private Suspicion() {}

    /// Why a failover must not be made; empty if all agree that the primary is lost.
    ///
    /// @param topology as it was seen by the best way that leads to each host
    /// @param ratherThanStart do it although PostgreSQL there could perhaps just be started again
    public static Optional<Problem> objection(Topology topology, Evidence evidence, boolean ratherThanStart) {
        var suspect = evidence.suspect();
        if (topology.state(suspect) instanceof NodeState.Primary
                || !evidence.reachedElsewhere().isEmpty()) {
            return Optional.of(alive(suspect, evidence));
        }
        if (evidence.isRatherUs()) {
            return Optional.of(Problem.error("isolated", "half of everything is unreachable: it is rather us")
                    .detail("Beside %s, these cannot be reached from here: %s."
                            .formatted(suspect, String.join(", ", evidence.unreached())))
                    .hint(
                            "Start again from a machine that reaches them; or take those that are lost for good out of the"
                                    + " inventory."));
        }
        if (topology.state(suspect) instanceof NodeState.Stopped stopped && !ratherThanStart) {
            return Optional.of(startable(topology, suspect, stopped));
        }
        if (evidence.agreeing().isEmpty()) {
            return Optional.of(
                    Problem.error("no-witness", "nobody else can tell whether %s is alive".formatted(suspect))
                            .detail("It cannot be reached from here, which alone does not say that it is dead.")
                            .hint("Reach a standby or a pooler on another host first."));
        }
        return Optional.empty();
    }

    /// Why a failover that was cut must not go on; empty if everybody agrees still, if it was made already, or
    /// if it is being taken back anyway. Whether PostgreSQL could be started there is no question any more: the
    /// run itself may have stopped it.
    ///
    /// @param candidate who is to be promoted
    public static Optional<Problem> objectionToGoingOn(
            History history, Topology topology, Evidence evidence, Optional<NodeName> candidate) {
        var made = candidate
                .filter(name -> topology.state(name) instanceof NodeState.Primary)
                .isPresent();
        var backwards = history.entries().stream().anyMatch(History.Entry::takingBack);
        return made || backwards
                ? Optional.empty()
                : objection(topology, evidence, true)
                        .map(problem -> problem.hint(
                                "Mend that and resume; or take the run back: heliosctl rollback " + history.id()));
    }

    private static Problem alive(NodeName suspect, Evidence evidence) {
        var others = evidence.reachedElsewhere();
        var seen = others.stream()
                .map(sighting -> "%s (%s%s)"
                        .formatted(
                                sighting.observer(),
                                sighting.way().text(),
                                sighting.detail().isEmpty() ? "" : ", " + sighting.detail()))
                .collect(Collectors.joining("; "));
        var detail = others.isEmpty() ? "It answers through another host." : "It is alive for: " + seen + ".";
        return Problem.error("primary-alive", "%s is unreachable from here, but others reach it".formatted(suspect))
                .detail(detail)
                .hint("Nothing is lost: mend the way from here to it. To move it, type \"heliosctl switchover\" from a"
                        + " machine that reaches it.");
    }

    private static Problem startable(Topology topology, NodeName suspect, NodeState.Stopped stopped) {
        var postgres = topology.cluster().node(suspect).postgres();
        var command = postgres.service()
                .map(unit -> "sudo systemctl start " + unit)
                .orElse("%s start -D %s".formatted(postgres.program("pg_ctl"), postgres.dataDir()));
        return Problem.error("startable", "PostgreSQL on %s is down, and its host answers".formatted(suspect))
                .detail("Its control file says \"%s\". Starting it again loses nothing."
                        .formatted(stopped.control().state()))
                .hint("Start it on %s: %s. If that does not help, add --rather-than-start."
                        .formatted(suspect, command));
    }

    /// The evidence in one sentence.
    public static String sentence(Evidence evidence) {
        var alive = evidence.reachedElsewhere().size();
        var agreeing =
                evidence.agreeing().stream().map(Sighting::observer).distinct().toList();
        if (alive > 0) {
            return "%s is alive for others.".formatted(evidence.suspect());
        }
        return agreeing.isEmpty()
                ? "Nobody else can tell whether %s is alive.".formatted(evidence.suspect())
                : "%s does not answer from here, nor for %s."
                        .formatted(evidence.suspect(), String.join(", ", agreeing));
    }
}
