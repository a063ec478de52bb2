package io.heliosctl.control;

import io.heliosctl.document.TemplateFolder;
import io.heliosctl.model.Cluster;
import io.heliosctl.model.Coverage;
import io.heliosctl.model.Fenced;
import io.heliosctl.model.Node;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.NodeState.Identity;
import io.heliosctl.model.NodeState.Primary;
import io.heliosctl.model.NodeState.Running;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.Secret;
import io.heliosctl.model.ServerVersion;
import io.heliosctl.model.StopProof;
import io.heliosctl.model.Topology;
import io.heliosctl.pgbouncer.PauseAttempts;
import io.heliosctl.pgbouncer.PgbouncerServer;
import io.heliosctl.postgres.RecoverySettings;
import io.heliosctl.remote.Remote;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The real cluster, over connections that are kept open.
public final class LiveCluster extends LiveMembers implements AutoCloseable {

    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final Hosts hosts;
    private final Following following;
    private final Errands errands;
    private final Questions questions;
    private final Scene scene = Scene.real();
    private final LiveFailover failover;
    private final ReturnControl returns;
    private final Function<String, Optional<Secret>> secrets;
    private final Map<NodeName, LiveNode> nodes = new ConcurrentHashMap<>();
    private final Map<PoolerName, LivePooler> poolers = new LinkedHashMap<>();

    /// Over open connections; nothing is asked yet.
    ///
    /// @param secrets the secrets of the inventory, by name, read when they are needed
    /// @param questions who is asked where a runbook says so
    public LiveCluster(
            Cluster cluster,
            Hosts hosts,
            TemplateFolder templates,
            Function<String, Optional<Secret>> secrets,
            Questions questions) {
        super(cluster, hosts);
        this.cluster = cluster;
        this.hosts = hosts;
        this.errands = new Errands(hosts);
        this.questions = questions;
        var rendering = new Rendering(cluster, templates);
        this.following = new Following(cluster, rendering, secrets);
        this.secrets = secrets;
        this.failover = new LiveFailover(this, cluster, hosts);
        this.returns = new LiveReturn(this, cluster, this::jobs);
        for (var node : cluster.nodes()) {
            hosts.remote(node.name().value())
                    .ifPresent(remote -> nodes.put(node.name(), LiveNode.of(node, remote, secrets)));
        }
        var database = cluster.databases().stream()
                .findFirst()
                .map(each -> each.name())
                .orElse("postgres");
        for (var pooler : cluster.poolers()) {
            hosts.remote(pooler.name().value())
                    .ifPresent(remote -> poolers.put(
                            pooler.name(),
                            new LivePooler(pooler, new PgbouncerServer(pooler, remote, database), rendering)));
        }
    }

    /// From here on a node is reached that way, which was not reached before.
    void adopt(NodeName name, Remote remote) {
        hosts.adopt(name.value(), remote);
        nodes.put(name, LiveNode.of(cluster.node(name), remote, secrets));
    }

    /// True if there is a way to a node's host.
    public boolean isReached(NodeName name) {
        return nodes.containsKey(name);
    }

    /// Writes what a server that has its `standby.signal` follows the upstream by.
    void prepareStandby(NodeName name, NodeName upstream) {
        node(name).server().prepareTombstone(settings(name, upstream));
    }

    @Override
    public FailoverControl failover() {
        return failover;
    }

    @Override
    public ReturnControl returns() {
        return returns;
    }

    /// Makes the slot that a node will use, where it uses one.
    void makeSlot(NodeName name, NodeName upstream) {
        following.makeSlot(node(name), node(upstream), usesSlots());
    }

    /// Waits until a standby streams from its upstream.
    void awaitStreaming(NodeName name, NodeName upstream, Duration limit) {
        node(name).server().awaitStreaming(settings(name, upstream), running(upstream), limit);
    }

    /// Waits until a standby has replayed what its upstream has written by now.
    void awaitReplayed(NodeName name, NodeName upstream, Duration limit) {
        following.awaitReplayed(this, name, upstream, limit);
    }

    /// What can be proved about the hosts before anything is changed.
    public Proofs proofs() {
        return new LiveProofs(cluster, hosts, this);
    }

    /// What the hosts would be told for what a step asks of this.
    public Dispatches dispatches() {
        return new LiveDispatches(this, hosts);
    }

    /// The locks on every host that was reached, not taken yet.
    ///
    /// @param key what names the cluster the same for every operator: its system identifier
    public HostLocks locks(String key) {
        return HostLocks.of(cluster, hosts, key);
    }

    @Override
    public Cluster cluster() {
        return cluster;
    }

    @Override
    public Topology observe() {
        return new Everybody(cluster, this::observe, this::observe).look();
    }

    /// Lets servers that do not run be known, for whoever goes on with a run: see [Recognition].
    ///
    /// @param seen what [#observe()] has found
    public void recognise(Topology seen) {
        Recognition.of(nodes, seen);
    }

    @Override
    public NodeState observe(NodeName name) {
        var node = nodes.get(name);
        return node != null ? node.observe() : new NodeState.Unreachable(hosts.reason(name.value()));
    }

    @Override
    public PoolerState observe(PoolerName name) {
        return poolers.containsKey(name)
                ? poolers.get(name).observe(LOOK)
                : new PoolerState.Unreachable(hosts.reason(name.value()));
    }

    /// A node whose host was reached.
    ///
    /// @throws ProblemException if it was not
    @Override
    LiveNode node(NodeName name) {
        if (!nodes.containsKey(name)) {
            throw new ProblemException(hosts.problem(name.value()));
        }
        return nodes.get(name);
    }

    /// A pooler whose host was reached.
    ///
    /// @throws ProblemException if it was not
    @Override
    LivePooler pooler(PoolerName name) {
        if (!poolers.containsKey(name)) {
            throw new ProblemException(hosts.problem(name.value()));
        }
        return poolers.get(name);
    }

    @Override
    public void prepareTombstone(NodeName name, NodeName upstream) {
        node(name).server().prepareTombstone(settings(name, upstream));
    }

    @Override
    public void tombstone(StopProof proof, NodeName upstream) {
        var node = node(proof.node());
        node.tombstone(proof, settings(proof.node(), upstream));
    }

    @Override
    public void promote(NodeName name, Fenced fenced, Coverage received, Duration timeout) {
        super.promote(name, fenced, received, timeout);
        failover.promoted(name);
    }

    @Override
    public boolean streamsFrom(NodeName standby, NodeName upstream) {
        return observe(upstream) instanceof Running state && node(standby).streamsFrom(cluster.node(upstream), state);
    }

    @Override
    public void prepareFollow(NodeName standby, NodeName upstream) {
        node(standby).server().prepareFollow(settings(standby, upstream));
    }

    @Override
    public void follow(NodeName standby, NodeName upstream, Duration timeout) {
        var identity = running(upstream);
        following.makeSlot(node(standby), node(upstream), usesSlots());
        node(standby).server().follow(settings(standby, upstream), identity, timeout);
    }

    @Override
    public void rejoin(NodeName name, NodeName upstream, Duration timeout) {
        var identity = running(upstream);
        following.makeSlot(node(name), node(upstream), usesSlots());
        node(name).rejoin(settings(name, upstream), identity, timeout);
    }

    /// Renders everything for a primary: the poolers' files, and what the other nodes need to follow it.
    void renderAll(NodeName primary) {
        poolers.values().forEach(pooler -> pooler.render(cluster.node(primary), version(primary)));
        nodes.keySet().stream().filter(name -> !name.equals(primary)).forEach(name -> recoverySettings(name, primary));
    }

    /// What would make a node follow another, as the template renders it; a password in it is masked.
    public String recoverySettings(NodeName node, NodeName upstream) {
        return following.shown(node(node), node(upstream), usesSlots());
    }

    /// What makes a node follow another.
    RecoverySettings settings(NodeName node, NodeName upstream) {
        return following.settings(node(node), node(upstream), usesSlots());
    }

    /// The replication slot a node will use; empty if it uses none.
    Optional<String> slot(NodeName node) {
        return Following.slot(node(node), usesSlots());
    }

    private boolean usesSlots() {
        return nodes.values().stream().anyMatch(node -> node.usedSlot().isPresent());
    }

    private Identity running(NodeName name) {
        if (observe(name) instanceof Running state) {
            return state.identity();
        }
        throw new ProblemException(Problem.error("upstream-gone", name + " does not answer"));
    }

    @Override
    public String requireStreaming(NodeName primary, Duration timeout) {
        return following.requireStreaming(this, primary, timeout);
    }

    /// What cannot be opened here is tried again, and told of, by the pause.
    @Override
    public void readyPause(PoolerName name) {
        var attempts = PauseAttempts.on(List.of(pooler(name).server()), this::permit);
        InParallel.begin(() -> {
            attempts.prepare();
            return true;
        });
    }

    @Override
    public String pause(List<PoolerName> names, PauseLimits limits) {
        var doors = names.stream().map(this::pooler).toList();
        var text = names.stream().map(PoolerName::toString).collect(Collectors.joining(", "));
        var attempts = PauseAttempts.on(doors.stream().map(LivePooler::server).toList(), this::permit);
        doors.forEach(door -> door.know(Optional.empty()));
        var pause = new PauseTogether(text, limits, new LiveGate(attempts, nodes.values(), limits.logins()), this::say);
        var remark = whileRenewing(names, pause::run);
        doors.forEach(door -> door.know(Optional.of(true)));
        return remark;
    }

    @Override
    public boolean pointsAt(PoolerName name, NodeName primary) {
        return pooler(name).pointsAt(cluster.node(primary), version(primary));
    }

    @Override
    public void stage(PoolerName name, NodeName primary) {
        pooler(name).stage(cluster.node(primary), version(primary));
    }

    @Override
    public void point(PoolerName name, NodeName primary, Duration timeout) {
        requireUnfired(name, !pooler(name).isStaged(cluster.node(primary)));
        pooler(name).point(cluster.node(primary), version(primary), timeout);
    }

    @Override
    public String routingDifference(PoolerName name, NodeName primary) {
        return pooler(name).difference(cluster.node(primary), version(primary));
    }

    /// The version of a server that has answered.
    Optional<ServerVersion> version(NodeName name) {
        return Optional.ofNullable(nodes.get(name)).flatMap(LiveNode::pinned).map(Identity::version);
    }

    @Override
    public String writeThrough(PoolerName name, Duration timeout) {
        var primaries = cluster.nodes().stream()
                .map(Node::name)
                .filter(node -> nodes.containsKey(node) && nodes.get(node).observe() instanceof Primary)
                .toList();
        return Landing.of(cluster, name, pooler(name).write(timeout), primaries);
    }

    @Override
    public Scene scene() {
        return scene;
    }

    @Override
    public Errand.Result execute(String host, Errand errand) {
        return errands.run(host, errand);
    }

    @Override
    public boolean confirm(String question, Duration timeout) {
        return questions.isYes(question, timeout);
    }

    @Override
    public void close() {
        failover.close();
        closeSwitches();
        poolers.values().forEach(LivePooler::close);
        nodes.values().forEach(LiveNode::close);
        hosts.close();
    }
}
