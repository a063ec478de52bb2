package io.heliosctl.control;

import io.heliosctl.model.Attestation;
import io.heliosctl.model.Coverage;
import io.heliosctl.model.Evidence;
import io.heliosctl.model.FenceProof;
import io.heliosctl.model.Fenced;
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
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A failover on a pretend cluster. What is unreachable stays so: only a person's word or the site's fence
/// helps.
final class RehearsedFailover implements FailoverControl {

    private static final long ONE_RECORD = 8;

    private final Rehearsal rehearsal;

    /// Who was given what lies on the lost primary's host.
    private final Set<NodeName> given = new HashSet<>();

    RehearsedFailover(Rehearsal rehearsal) {
        this.rehearsal = rehearsal;
    }

    @Override
    public Evidence evidence(NodeName suspect) {
        return new Evidence(
                suspect, List.of(), List.of(), rehearsal.cluster().nodes().size());
    }

    @Override
    public Fencing fence(NodeName node, Optional<NodeName> upstream, boolean attested, Duration timeout) {
        if (rehearsal.observe(node) instanceof NodeState.Running) {
            var stop = rehearsal.stop(node, StopMode.FAST, timeout);
            upstream.ifPresent(other -> rehearsal.tombstone(stop, other));
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
        var source = ahead(standby, lost).map(Lead::position).orElseGet(() -> received(standby));
        return estimate(standby, source, lost);
    }

    private LossEstimate estimate(NodeName standby, Lsn own, NodeName lost) {
        var furthest = standbys(lost).values().stream()
                .filter(position -> position.isPast(own))
                .max(Comparator.naturalOrder())
                .orElse(own);
        return new LossEstimate(
                standby, own, furthest, "received by a standby", false, 0, Optional.empty(), Optional.empty());
    }

    @Override
    public Coverage cover(NodeName standby, Fenced fenced, long allowed) {
        if (fenced instanceof StopProof stop) {
            return rehearsal.awaitReceived(standby, stop, Duration.ZERO);
        }
        var lost = fenced.node();
        var own = received(standby);
        var estimate = given.contains(standby)
                ? LossEstimate.upTo(standby, own, own, Optional.empty())
                : estimate(standby, own, lost);
        if (estimate.bytes() > allowed) {
            throw new ProblemException(TooMuchLost.problem(lost, estimate, allowed));
        }
        var identity = ((Standby) rehearsal.observe(standby)).identity();
        return new LossAcceptance(lost, identity.systemId(), identity.timeline(), estimate, allowed);
    }

    /// How far the files on the host of a server that crashed reach is not known here; they have all that
    /// anybody has.
    @Override
    public Optional<Lead> ahead(NodeName standby, NodeName lost) {
        var own = received(standby);
        var most = standbys(lost).entrySet().stream()
                .filter(entry -> entry.getValue().isPast(own))
                .max(Map.Entry.comparingByValue())
                .map(entry -> new Lead(entry.getKey(), entry.getValue()));
        if (!(rehearsal.observe(lost) instanceof NodeState.Stopped stopped) || given.contains(standby)) {
            return most;
        }
        var checkpoint = stopped.control().checkpoint();
        var written = new Lsn(checkpoint.value() + ONE_RECORD);
        var known = most.map(Lead::position)
                .filter(position -> position.isPast(written))
                .orElse(written);
        var complete = stopped.control().isCleanlyShutDown() && own.isPast(checkpoint);
        return complete ? Optional.empty() : Optional.of(new Lead(lost, known.isPast(own) ? known : own));
    }

    @Override
    public Optional<Problem> unreadable(NodeName standby, NodeName lost) {
        return Optional.empty();
    }

    @Override
    public String catchUp(NodeName standby, NodeName lost, Duration timeout) {
        ahead(standby, lost).ifPresent(lead -> {
            if (lead.node().equals(lost)) {
                rehearsal.give(standby, lost, lead.position());
                given.add(standby);
            } else {
                rehearsal.follow(standby, lead.node(), timeout);
            }
        });
        return "";
    }

    @Override
    public String followAsBefore(NodeName standby, Duration timeout) {
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
