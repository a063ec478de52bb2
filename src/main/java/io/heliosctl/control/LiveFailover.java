package io.heliosctl.control;

import io.heliosctl.model.Cluster;
import io.heliosctl.model.Coverage;
import io.heliosctl.model.Evidence;
import io.heliosctl.model.Fenced;
import io.heliosctl.model.Histories;
import io.heliosctl.model.LossAcceptance;
import io.heliosctl.model.LossEstimate;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState.Standby;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.StopProof;
import io.heliosctl.model.Topology;
import java.time.Duration;
import java.util.Optional;

/// A failover on the real cluster.
final class LiveFailover implements FailoverControl {

    private final LiveCluster live;
    private final Witnesses witnesses;
    private final Fences fences;
    private final Losses losses;
    private final Partings partings;

    LiveFailover(LiveCluster live, Cluster cluster, Hosts hosts) {
        this.live = live;
        this.witnesses = new Witnesses(live, cluster, hosts);
        this.fences = new Fences(live, cluster, hosts);
        this.losses = new Losses(live, cluster);
        this.partings = new Partings(live);
    }

    @Override
    public Evidence evidence(NodeName suspect) {
        return witnesses.of(suspect);
    }

    @Override
    public Histories histories(Topology seen) {
        return partings.of(seen);
    }

    @Override
    public Fencing fence(NodeName node, Optional<NodeName> upstream, boolean attested, Duration timeout) {
        return fences.fence(node, upstream, attested, timeout);
    }

    @Override
    public Fenced proveFenced(NodeName node, boolean attested) {
        return fences.prove(node, attested);
    }

    @Override
    public String release(NodeName node, Duration timeout) {
        return fences.release(node, timeout);
    }

    @Override
    public LossEstimate loss(NodeName standby, NodeName lost) {
        return losses.of(standby, lost, fences.kept(lost).or(() -> Losses.shutDown(live, lost)));
    }

    @Override
    public Coverage cover(NodeName standby, Fenced fenced, long allowed) {
        if (fenced instanceof StopProof stop) {
            try {
                return live.awaitReceived(standby, stop, Duration.ZERO);
            } catch (ProblemException e) {
                if (!e.problems().getFirst().code().equals("wal-missing")) {
                    throw e;
                }
            }
        }
        if (!(live.observe(standby) instanceof Standby state)) {
            throw new ProblemException(Problem.error("not-a-standby", standby + " is not a running standby"));
        }
        var estimate = losses.of(standby, fenced.node(), Optional.of(fenced));
        if (estimate.bytes() > allowed) {
            throw new ProblemException(TooMuchLost.problem(fenced.node(), estimate, allowed));
        }
        var identity = state.identity();
        return new LossAcceptance(fenced.node(), identity.systemId(), identity.timeline(), estimate, allowed);
    }

    @Override
    public Optional<NodeName> ahead(NodeName standby, NodeName lost) {
        return losses.ahead(standby, lost);
    }

    @Override
    public String catchUp(NodeName standby, NodeName lost, Duration timeout) {
        var source = ahead(standby, lost);
        if (source.isEmpty()) {
            return "";
        }
        var wanted = losses.received(source.get());
        var deadline = System.nanoTime() + timeout.toNanos();
        live.follow(standby, source.get(), timeout);
        while (losses.received(standby).compareTo(wanted) < 0) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                throw new ProblemException(Problem.error(
                                "not-caught-up", "%s did not receive what %s has".formatted(standby, source.get()))
                        .detail("It has %s and needs %s.".formatted(losses.received(standby), wanted))
                        .hint("Promote %s instead.".formatted(source.get())));
            }
            pause();
        }
        return "received %s from %s".formatted(wanted, source.get());
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
