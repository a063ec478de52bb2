package io.heliosctl.control;

import io.heliosctl.model.Cluster;
import io.heliosctl.model.Coverage;
import io.heliosctl.model.Fenced;
import io.heliosctl.model.LsnProof;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.Problem;
import io.heliosctl.model.StopMode;
import io.heliosctl.model.StopProof;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// What is asked of one member of a real cluster, and passed on to it.
abstract class LiveMembers extends SwitchedCluster {

    private static final Duration LOOK = Duration.ofSeconds(5);

    private volatile Consumer<String> news = _ -> {};

    LiveMembers(Cluster members, Hosts reached) {
        super(members, reached);
    }

    /// Who is told what is worth knowing while a step is still being made. What this throws fails the step.
    public void tell(Consumer<String> listener) {
        news = listener;
    }

    /// Lets be known what is worth knowing while a step is still being made.
    final void say(String text) {
        news.accept(text);
    }

    @Override
    public Duration checkpoint(NodeName name, Duration timeout) {
        var start = System.nanoTime();
        node(name).server().checkpoint(timeout);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public StopProof stop(NodeName name, StopMode mode, Duration timeout) {
        return node(name).stop(mode, timeout, permit(name));
    }

    @Override
    public StopProof proveStopped(NodeName name) {
        return node(name).proveStopped();
    }

    @Override
    public void awaitExit(NodeName name, Duration timeout) {
        node(name).server().awaitExit(timeout);
    }

    @Override
    public void start(NodeName name, Duration timeout) {
        node(name).start(timeout);
    }

    @Override
    public void restart(NodeName name, Duration timeout) {
        node(name).restart(timeout);
    }

    @Override
    public boolean hasTombstone(NodeName name) {
        return node(name).server().isTombstoned();
    }

    @Override
    public void removeTombstone(NodeName name) {
        node(name).removeTombstone();
    }

    @Override
    public LsnProof awaitReceived(NodeName standby, StopProof proof, Duration timeout) {
        return node(standby).awaitReceived(proof, timeout);
    }

    @Override
    public void promote(NodeName name, Fenced fenced, Coverage received, Duration timeout) {
        node(name).server().promote(fenced, received, timeout);
    }

    @Override
    public boolean isPaused(PoolerName name) {
        return pooler(name).isPaused(LOOK);
    }

    @Override
    public void resume(PoolerName name) {
        pooler(name).resume();
    }

    @Override
    public void kill(PoolerName name, Duration timeout) {
        pooler(name).kill(permit(name));
    }

    @Override
    public List<Map<String, Object>> query(NodeName name, String sql, boolean readOnly, Duration timeout) {
        return node(name).server().query(sql, readOnly, timeout);
    }

    @Override
    public List<Problem> identityProblems(NodeName name) {
        return node(name).identityProblems();
    }
}
