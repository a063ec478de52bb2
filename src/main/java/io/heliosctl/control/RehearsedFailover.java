package io.heliosctl.control;

import io.heliosctl.model.Attestation;
import io.heliosctl.model.Coverage;
import io.heliosctl.model.Evidence;
import io.heliosctl.model.FenceProof;
import io.heliosctl.model.Fenced;
import io.heliosctl.model.Histories;
import io.heliosctl.model.Lineage;
import io.heliosctl.model.LossAcceptance;
import io.heliosctl.model.LossEstimate;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.NodeState.Standby;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.StopMode;
import io.heliosctl.model.StopProof;
import io.heliosctl.model.Topology;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A failover on a pretend cluster. What is unreachable stays so: only a person's word or the site's fence
/// helps.
final class RehearsedFailover implements FailoverControl {

    private final Rehearsal rehearsal;

    RehearsedFailover(Rehearsal rehearsal) {
        this.rehearsal = rehearsal;
    }

    @Override
    public Evidence evidence(NodeName suspect) {
        return new Evidence(
                suspect, List.of(), List.of(), rehearsal.cluster().nodes().size());
    }

    /// A rehearsal has no histories: it is not looked at for what is already there.
    @Override
    public Histories histories(Topology seen) {
        return Histories.unknown();
    }

    @Override
    public Fencing fence(NodeName node, Optional<NodeName> upstream, boolean attested, Duration timeout) {
        if (rehearsal.observe(node) instanceof NodeState.Running) {
            var stop = rehearsal.stop(node, StopMode.FAST, timeout);
            upstream.ifPresentOrElse(other -> rehearsal.tombstone(stop, other), () -> rehearsal.signal(stop));
            return new Fencing(stop, stop.words());
        }
        var proof = proveFenced(node, attested);
        return new Fencing(proof, proof.words());
    }

    @Override
    public Fenced proveFenced(NodeName node, boolean attested) {
        if (rehearsal.observe(node) instanceof NodeState.Stopped stopped) {
            return stopped.control().isCleanlyShutDown()
                    ? rehearsal.proveStopped(node)
                    : new FenceProof(
                            node, "does not run", Optional.of(stopped.control().checkpoint()));
        }
        if (rehearsal.cluster().node(node).fence().isPresent()) {
            return new FenceProof(node, "fenced by the site", Optional.empty());
        }
        if (attested) {
            return new Attestation(node, "somebody");
        }
        throw Fences.notFenced(node, List.of());
    }

    @Override
    public String release(NodeName node, Duration timeout) {
        rehearsal.removeTombstone(node);
        rehearsal.start(node, timeout);
        return "";
    }

    @Override
    public LossEstimate loss(NodeName standby, NodeName lost) {
        var own = received(standby);
        var furthest =
                standbys(lost).values().stream().max(Comparator.naturalOrder()).orElse(own);
        return new LossEstimate(
                standby, own, furthest, "received by a standby", false, Optional.empty(), Optional.empty());
    }

    @Override
    public Coverage cover(NodeName standby, Fenced fenced, long allowed) {
        if (fenced instanceof StopProof stop) {
            return rehearsal.awaitReceived(standby, stop, Duration.ZERO);
        }
        var estimate = loss(standby, fenced.node());
        if (estimate.bytes() > allowed) {
            throw new ProblemException(TooMuchLost.problem(fenced.node(), estimate, allowed));
        }
        var identity = ((Standby) rehearsal.observe(standby)).identity();
        return new LossAcceptance(fenced.node(), identity.systemId(), identity.timeline(), estimate, allowed);
    }

    @Override
    public Optional<NodeName> ahead(NodeName standby, NodeName lost) {
        var own = received(standby);
        return standbys(lost).entrySet().stream()
                .filter(entry -> entry.getValue().isPast(own))
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
    }

    @Override
    public String catchUp(NodeName standby, NodeName lost, Duration timeout) {
        ahead(standby, lost).ifPresent(source -> rehearsal.follow(standby, source, timeout));
        return "";
    }

    private Lsn received(NodeName standby) {
        if (rehearsal.observe(standby) instanceof Standby state) {
            return state.received();
        }
        throw new ProblemException(Problem.error("not-a-standby", standby + " is not a running standby"));
    }

    private Map<NodeName, Lsn> standbys(NodeName lost) {
        var states = rehearsal.observe().nodes();
        var lineage = Lineage.ofStandbys(states.values());
        var found = new java.util.TreeMap<NodeName, Lsn>();
        states.forEach((name, state) -> {
            if (!name.equals(lost)
                    && state instanceof Standby standby
                    && lineage.filter(line -> line.holds(standby)).isPresent()) {
                found.put(name, standby.received());
            }
        });
        return found;
    }
}
