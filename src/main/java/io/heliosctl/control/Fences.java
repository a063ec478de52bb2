package io.heliosctl.control;

import io.heliosctl.model.Cluster;
import io.heliosctl.model.FenceProof;
import io.heliosctl.model.Fenced;
import io.heliosctl.model.Lineage;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.NodeState.Standby;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// Makes sure that a former primary cannot write, by the best way there is: stopped over SSH and kept from
/// coming back writable; else by the site's own fence; else by a person's word.
final class Fences {

    private final LiveCluster live;
    private final Cluster cluster;
    private final Hosts hosts;
    private final Map<NodeName, Fencing> kept = new ConcurrentHashMap<>();
    private final Set<NodeName> buried = ConcurrentHashMap.newKeySet();
    private final Map<NodeName, CompletableFuture<Void>> rests = new ConcurrentHashMap<>();

    Fences(LiveCluster live, Cluster cluster, Hosts hosts) {
        this.live = live;
        this.cluster = cluster;
        this.hosts = hosts;
    }

    Fencing fence(NodeName name, Optional<NodeName> upstream, boolean attested, Duration timeout) {
        var tried = new ArrayList<Problem>();
        if (live.isReached(name)) {
            try {
                return keep(name, bury(name, upstream, timeout));
            } catch (ProblemException e) {
                tried.addAll(e.problems());
            }
        } else {
            tried.add(hosts.problem(name.value()));
        }
        var site = site(name);
        if (site.isPresent()) {
            try {
                marks(name).cutting();
                return keep(name, plain(site.get().fence()));
            } catch (ProblemException e) {
                tried.addAll(e.problems());
            }
        }
        if (attested && !answers(name, tried)) {
            return keep(name, plain(marks(name).attestation()));
        }
        throw notFenced(name, tried);
    }

    private Fencing bury(NodeName name, Optional<NodeName> upstream, Duration timeout) {
        awaitRest(name);
        var burial = burial(name);
        try {
            var fencing = burial.make(upstream, timeout);
            if (burial.isBuried()) {
                buried.add(name);
            }
            return fencing;
        } finally {
            rests.put(name, burial.rest());
        }
    }

    private void awaitRest(NodeName name) {
        Optional.ofNullable(rests.remove(name)).ifPresent(CompletableFuture::join);
    }

    /// Waits for what is still being written about a fenced server.
    void close() {
        Set.copyOf(rests.keySet()).forEach(this::awaitRest);
    }

    private Burial burial(NodeName name) {
        return new Burial(live, live.node(name), lineage(name), marks(name));
    }

    private FenceMarks marks(NodeName name) {
        return new FenceMarks(live.scene(), name);
    }

    /// Looks each time: what was proved before may not be so any more, such as a host that was powered on since.
    /// Only a server that this process has buried cannot come back writable.
    Fenced prove(NodeName name, boolean attested) {
        if (buried.contains(name)) {
            return kept.get(name).proof();
        }
        var tried = new ArrayList<Problem>();
        if (live.isReached(name)) {
            try {
                return burial(name).look();
            } catch (ProblemException e) {
                tried.addAll(e.problems());
            }
        }
        var site = site(name);
        if (site.isPresent()) {
            try {
                return site.get().check();
            } catch (ProblemException e) {
                tried.addAll(e.problems());
            }
        }
        if (attested && !answers(name, tried)) {
            return marks(name).attestation();
        }
        throw notFenced(name, tried);
    }

    Optional<Fenced> kept(NodeName name) {
        return Optional.ofNullable(kept.get(name)).map(Fencing::proof);
    }

    String release(NodeName name, Duration timeout) {
        awaitRest(name);
        kept.remove(name);
        buried.remove(name);
        var marks = marks(name);
        var remark = marks.wasStopped() || marks.wasSignalled() || marks.wasMasked()
                ? burial(name).takeBack(timeout)
                : "";
        return marks.wasCut() ? "what the site's fence has done stays" : remark;
    }

    /// A host that answers is not off, whatever anybody says.
    private boolean answers(NodeName name, List<Problem> tried) {
        var answers = hosts.answers(name.value());
        if (answers) {
            tried.add(Problem.error("not-off", "%s answers by SSH, so it is not powered off".formatted(name))
                    .detail("PostgreSQL there could not be stopped, and may serve clients that it has already.")
                    .hint("Cut its power."));
        }
        return answers;
    }

    private Fencing keep(NodeName name, Fencing fencing) {
        kept.put(name, fencing);
        return fencing;
    }

    private static Fencing plain(Fenced proof) {
        return new Fencing(proof, proof.words());
    }

    private Optional<SiteFence> site(NodeName name) {
        var node = cluster.node(name);
        return node.fence().map(commands -> new SiteFence(cluster, node, commands));
    }

    /// The line of history of the others, by which it is told from a server that does not belong here.
    private Optional<Lineage> lineage(NodeName name) {
        var states = InParallel.<NodeName, NodeState>map(cluster.others(name), live::observe);
        return Lineage.ofStandbys(states)
                .or(() -> states.stream()
                        .filter(NodeState.Primary.class::isInstance)
                        .map(state -> ((NodeState.Primary) state).identity())
                        .map(identity -> new Lineage(identity.systemId(), identity.timeline()))
                        .findFirst());
    }

    static ProblemException notFenced(NodeName name, List<Problem> tried) {
        var problems = new ArrayList<Problem>();
        problems.add(Problem.error("not-fenced", "%s is not proved to be unable to write".formatted(name))
                .detail("Two writable primaries are the one thing that must not be; so nothing is promoted.")
                .hint("Cut its power, then say so with --fenced %s; or give it a \"fence\" in the inventory."
                        .formatted(name)));
        problems.addAll(tried);
        return new ProblemException(problems);
    }

    /// True if it is a standby by now, which cannot write.
    static Optional<FenceProof> readOnly(NodeName name, NodeState state) {
        return state instanceof Standby standby
                ? Optional.of(new FenceProof(name, "runs read-only", Optional.of(standby.replayed())))
                : Optional.empty();
    }
}
