package io.heliosctl.control;

import io.heliosctl.model.Cluster;
import io.heliosctl.model.Coverage;
import io.heliosctl.model.Deadline;
import io.heliosctl.model.Evidence;
import io.heliosctl.model.Fenced;
import io.heliosctl.model.Histories;
import io.heliosctl.model.LossAcceptance;
import io.heliosctl.model.LossEstimate;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.Pooler;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.StopProof;
import io.heliosctl.model.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Supplier;

/// A failover on the real cluster.
final class LiveFailover implements FailoverControl {

    /// How long a standby may take until it streams from another; clients wait.
    private static final Duration JOINING = Duration.ofSeconds(20);

    private static final Duration PAUSE = Duration.ofMillis(5);

    private final LiveCluster live;
    private final Witnesses witnesses;
    private final Fences fences;
    private final Losses losses;
    private final Remains remains;
    private final Cluster cluster;
    private final Partings partings;

    LiveFailover(LiveCluster live, Cluster cluster, Hosts hosts) {
        this.live = live;
        this.witnesses = new Witnesses(live, cluster, hosts);
        this.fences = new Fences(live, cluster, hosts);
        this.losses = new Losses(live, cluster);
        this.remains = new Remains(live);
        this.cluster = cluster;
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
        remains.stopping(node);
        return fences.fence(node, upstream, attested, timeout);
    }

    @Override
    public Fenced proveFenced(NodeName node, boolean attested) {
        return fences.prove(node, attested);
    }

    @Override
    public String release(NodeName node, Duration timeout) {
        remains.forget(node);
        return fences.release(node, timeout);
    }

    @Override
    public LossEstimate loss(NodeName standby, NodeName lost) {
        var end = remains.glance(standby, lost).end();
        if (end.isPresent()) {
            return losses.toTheEnd(standby, lost, end.get());
        }
        var source = losses.ahead(standby, lost).map(Lead::node).orElse(standby);
        return losses.of(source, lost, fences.kept(lost).or(() -> Losses.shutDown(live, lost)));
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
        var identity = live.standby(standby).identity();
        var lost = fenced.node();
        var end = end(standby, lost, Optional.of(fenced));
        var estimate = end.map(position -> losses.upTo(standby, lost, position))
                .orElseGet(() -> losses.of(standby, lost, Optional.of(fenced)));
        if (estimate.bytes() > allowed) {
            throw new ProblemException(TooMuchLost.problem(lost, estimate, allowed));
        }
        return new LossAcceptance(lost, identity.systemId(), identity.timeline(), estimate, allowed);
    }

    /// Where the WAL on the host of a lost primary ends: what this run has fenced does not write any more.
    private Optional<Lsn> end(NodeName standby, NodeName lost, Optional<Fenced> fenced) {
        if (fenced.filter(Fenced::isProved).isEmpty()) {
            return remains.glance(standby, lost).end();
        }
        if (!remains.isSettled(lost)) {
            // It may take longer than clients are held without a sign of life.
            renewing(() -> remains.settled(standby, lost).toString());
        }
        return remains.settled(standby, lost).end();
    }

    @Override
    public Optional<Lead> ahead(NodeName standby, NodeName lost) {
        if (hasAll(standby, lost)) {
            return Optional.empty();
        }
        var end = end(standby, lost, fences.kept(lost));
        // What it wrote itself is all there is.
        return end.isPresent()
                ? end.filter(position -> position.isPast(losses.received(standby)))
                        .map(position -> new Lead(lost, position))
                : losses.ahead(standby, lost);
    }

    /// The last that a server writes that is stopped cleanly is a checkpoint: who has received that has it all.
    private boolean hasAll(NodeName standby, NodeName lost) {
        return fences.kept(lost)
                .filter(StopProof.class::isInstance)
                .map(StopProof.class::cast)
                .filter(stop -> losses.received(standby).isPast(stop.checkpoint()))
                .isPresent();
    }

    @Override
    public Optional<Problem> unreadable(NodeName standby, NodeName lost) {
        return remains.glance(standby, lost).problem();
    }

    @Override
    public void prepareCatchUp(NodeName standby, NodeName lost) {
        remains.prepare(standby, lost);
    }

    /// It may take longer than clients are held without a sign of life.
    @Override
    public String catchUp(NodeName standby, NodeName lost, Duration timeout) {
        return renewing(() -> caughtUp(standby, lost, timeout));
    }

    private String renewing(Supplier<String> deed) {
        var doors = cluster.poolers().stream().map(Pooler::name).toList();
        return live.whileRenewing(doors, deed);
    }

    private String caughtUp(NodeName standby, NodeName lost, Duration timeout) {
        var said = new ArrayList<String>();
        var lead = ahead(standby, lost);
        if (lead.filter(each -> each.node().equals(lost)).isPresent()) {
            try {
                return remains.fetch(standby, lost, lead.get().position(), timeout);
            } catch (ProblemException e) {
                said.add("not all WAL of %s could be had: %s".formatted(lost, words(e)));
                lead = losses.ahead(standby, lost);
            }
        }
        if (lead.isPresent()) {
            try {
                said.add(follow(standby, lead.get(), timeout));
            } catch (ProblemException e) {
                said.add("%s could not be given what %s has: %s"
                        .formatted(standby, lead.get().node(), words(e)));
            }
        }
        return String.join("; ", said);
    }

    private static String words(ProblemException e) {
        var problem = e.problems().getFirst();
        return problem.detail().isEmpty()
                ? problem.message()
                : "%s (%s)"
                        .formatted(
                                problem.message(),
                                problem.detail().lines().findFirst().orElse(""));
    }

    private String follow(NodeName standby, Lead lead, Duration timeout) {
        var deadline = Deadline.in(timeout);
        remains.change(standby, lead.node());
        live.follow(standby, lead.node(), timeout.compareTo(JOINING) < 0 ? timeout : JOINING);
        while (lead.position().isPast(losses.received(standby))) {
            if (deadline.endsWaiting()) {
                throw new ProblemException(Problem.error(
                                "not-caught-up", "%s did not receive what %s has".formatted(standby, lead.node()))
                        .detail("It has %s and needs %s.".formatted(losses.received(standby), lead.position())));
            }
            Deadline.pause(PAUSE);
        }
        return "received %s from %s".formatted(lead.position(), lead.node());
    }

    @Override
    public String followAsBefore(NodeName standby, Duration timeout) {
        return remains.putBack(standby, cluster.others(standby), timeout);
    }

    void close() {
        fences.close();
    }

    /// The settings that it was given for the while before are taken away.
    void promoted(NodeName standby) {
        remains.clear(standby, cluster.others(standby));
    }
}
