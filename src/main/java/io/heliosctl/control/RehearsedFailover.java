package io.heliosctl.control;

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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A failover on a pretend cluster. What is unreachable stays so: only a person's word or the site's fence
/// helps, unless its host answers and it hangs; then it is supposed that it can be stopped.
final class RehearsedFailover implements FailoverControl {

    private static final long ONE_RECORD = 8;

    private final Rehearsal rehearsal;

    private final Set<NodeName> cut = new HashSet<>();

    /// Who was given what lies on the lost primary's host.
    private final Set<NodeName> given = new HashSet<>();

    /// Those that hang, and of which it is supposed that they end when they are told to.
    private final Set<NodeName> ended = new HashSet<>();

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
        var marks = marks(node);
        switch (rehearsal.observe(node)) {
            case NodeState.Primary primary -> {
                marks.stopping();
                rehearsal.stop(node, StopMode.FAST, timeout);
                bury(node, upstream);
            }
            case NodeState.Stopped stopped -> bury(node, upstream);
            case NodeState.Standby standby -> {}
            case NodeState.Unreachable unreachable
            when unreachable.hangs() -> {
                marks.stopping();
                ended.add(node);
            }
            case NodeState.Unreachable unreachable -> {
                if (rehearsal.cluster().node(node).fence().isPresent()) {
                    marks.cutting();
                    cut.add(node);
                }
            }
        }
        var proof = proveFenced(node, attested);
        return new Fencing(proof, proof.words());
    }

    private void bury(NodeName node, Optional<NodeName> upstream) {
        if (!rehearsal.hasTombstone(node)) {
            marks(node).signalling();
        }
        rehearsal.signal(node, upstream);
    }

    private FenceMarks marks(NodeName node) {
        return new FenceMarks(rehearsal.scene(), node);
    }

    /// As on a real host: a server that does not run is fenced by its tombstone; one that nobody reaches, by
    /// what the site's fence has done, or by a person's word.
    @Override
    public Fenced proveFenced(NodeName node, boolean attested) {
        return switch (rehearsal.observe(node)) {
            case Standby standby -> new FenceProof(node, "runs read-only", Optional.of(standby.replayed()));
            case NodeState.Stopped stopped
            when rehearsal.hasTombstone(node) ->
                stopped.control().isCleanlyShutDown()
                        ? rehearsal.proveStopped(node)
                        : new FenceProof(
                                node,
                                "does not run",
                                Optional.of(stopped.control().checkpoint()));
            case NodeState.Unreachable unreachable
            when ended.contains(node) -> new FenceProof(node, "stopped", Optional.empty());
            case NodeState.Unreachable unreachable
            when cut.contains(node) -> new FenceProof(node, "fenced by the site", Optional.empty());
            case NodeState.Unreachable unreachable when attested -> marks(node).attestation();
            default -> throw Fences.notFenced(node, List.of());
        };
    }

    @Override
    public String release(NodeName node, Duration timeout) {
        var marks = marks(node);
        var state = rehearsal.observe(node);
        if (marks.wasSignalled()) {
            if (state instanceof Standby) {
                rehearsal.stop(node, StopMode.FAST, timeout);
            }
            rehearsal.removeTombstone(node);
        }
        if (marks.wasStopped() && !ended.remove(node)) {
            rehearsal.start(node, timeout);
        }
        marks.forget();
        return marks.wasCut() ? "what the site's fence has done stays" : "";
    }

    @Override
    public LossEstimate loss(NodeName standby, NodeName lost) {
        var source = ahead(standby, lost).map(Lead::position).orElseGet(() -> received(standby));
        return estimate(standby, source, lost);
    }

    private LossEstimate estimate(NodeName standby, Lsn own, NodeName lost) {
        var furthest = furthest(lost).orElse(own);
        marks(lost).knowFurthest(furthest);
        return new LossEstimate(
                standby,
                own,
                furthest,
                "received by a standby",
                Losses.shutDown(rehearsal, lost).isPresent(),
                0,
                Optional.empty(),
                Optional.empty());
    }

    private Optional<Lsn> furthest(NodeName lost) {
        return Stream.concat(standbys(lost).values().stream(), marks(lost).furthest().stream())
                .max(Comparator.naturalOrder());
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
    public void prepareCatchUp(NodeName standby, NodeName lost) {}

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
        return rehearsal.standby(standby).received();
    }

    private Map<NodeName, Lsn> standbys(NodeName lost) {
        var states = rehearsal.observe().nodes();
        var lineage = Lineage.ofStandbys(states.values());
        var found = new TreeMap<NodeName, Lsn>();
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
