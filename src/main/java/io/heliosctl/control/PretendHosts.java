package io.heliosctl.control;

import io.heliosctl.model.Cluster;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
/// What of a rehearsal is not about servers: poolers, dead-man's switches, the site's own steps.

abstract class PretendHosts implements ClusterControl {

    private final Topology before;
    private final Dictation dictation;
    private final PretendPoolers poolers;
    private final PretendSwitches switches = new PretendSwitches(this);
    private final Scene scene = Scene.pretended();
    private final List<String> listed = new ArrayList<>();

    PretendHosts(Topology before, Dictation dictation) {
        this.before = before;
        this.dictation = dictation;
        this.poolers = new PretendPoolers(before);
    }

    /// Lets be taken down what the hosts would be told.
    void tell(Function<Dispatches, List<Dispatch>> deed) {
        dictation.take(deed);
    }

    Map<PoolerName, PoolerState> poolerStates() {
        return poolers.states();
    }

    @Override
    public Cluster cluster() {
        return before.cluster();
    }

    @Override
    public synchronized PoolerState observe(PoolerName pooler) {
        return poolers.state(pooler);
    }

    @Override
    public synchronized boolean isPaused(PoolerName pooler) {
        return poolers.isPaused(pooler);
    }

    @Override
    public synchronized String pause(List<PoolerName> names, PauseLimits limits) {
        names.forEach(poolers::requireReached);
        for (var name : names) {
            poolers.pause(name);
            tell(hosts -> hosts.pause(name));
        }
        if (limits.endsBlockers()) {
            observe().primaries().forEach(primary -> tell(hosts -> hosts.endBlockers(primary)));
        }
        return "";
    }

    @Override
    public synchronized void resume(PoolerName pooler) {
        poolers.resume(pooler);
        tell(hosts -> hosts.resume(pooler));
    }

    @Override
    public synchronized void kill(PoolerName pooler, Duration timeout) {
        poolers.pause(pooler);
        tell(hosts -> hosts.kill(pooler));
    }

    @Override
    public synchronized boolean pointsAt(PoolerName pooler, NodeName primary) {
        return poolers.target(pooler).filter(primary::equals).isPresent();
    }

    @Override
    public synchronized void stage(PoolerName pooler, NodeName primary) {
        poolers.requireReached(pooler);
        tell(hosts -> hosts.stage(pooler, primary));
    }

    @Override
    public synchronized void point(PoolerName pooler, NodeName primary, Duration timeout) {
        poolers.point(pooler, primary);
        tell(hosts -> hosts.point(pooler, primary));
    }

    @Override
    public String routingDifference(PoolerName pooler, NodeName primary) {
        return "";
    }

    @Override
    public synchronized String writeThrough(PoolerName pooler, Duration timeout) {
        poolers.requireReached(pooler);
        tell(hosts -> hosts.writeThrough(pooler));
        var primaries = observe().primaries();
        // A host may go by a name that the inventory does not have: then it is not known where the pooler leads.
        var landed = poolers.target(pooler)
                .or(() -> primaries.size() == 1 ? Optional.of(primaries.getFirst()) : Optional.empty())
                .filter(primaries::contains);
        if (poolers.isPaused(pooler) || landed.isEmpty()) {
            throw new ProblemException(Problem.error("write-failed", "could not write through " + pooler));
        }
        return landed.get().value();
    }

    /// The pretend dead-man's switches, which a test can let fire.
    public PretendSwitches switches() {
        return switches;
    }

    @Override
    public synchronized void readySwitch(PoolerName pooler, Duration budget) {
        switches.ready(pooler);
    }

    @Override
    public synchronized void armSwitch(List<PoolerName> names, Duration budget) {
        for (var name : names) {
            switches.arm(name, poolers.target(name).orElse(null));
            tell(hosts -> hosts.armSwitch(name, budget));
        }
    }

    @Override
    public synchronized boolean hasSwitch(PoolerName pooler) {
        return switches.isArmed(pooler);
    }

    @Override
    public synchronized String disarmSwitch(PoolerName pooler) {
        tell(hosts -> hosts.disarmSwitch(pooler));
        return switches.disarm(pooler);
    }

    @Override
    public synchronized void readySwitch(NodeName node, Duration budget) {}

    @Override
    public synchronized void armSwitch(NodeName node, Duration budget) {
        switches.arm(node);
        tell(hosts -> hosts.armSwitch(node, budget));
    }

    @Override
    public synchronized boolean hasSwitch(NodeName node) {
        return switches.isArmed(node);
    }

    @Override
    public synchronized void requireSwitch(NodeName node) {
        switches.require(node);
    }

    @Override
    public synchronized boolean holdSwitch(NodeName node, Duration budget, Duration timeout) {
        return switches.hold(node);
    }

    @Override
    public synchronized boolean settleSwitch(NodeName node, Duration timeout) {
        return switches.settle(node);
    }

    @Override
    public synchronized void lastWord(Optional<NodeName> oldPrimary) {
        switches.lastWord(oldPrimary);
        oldPrimary.ifPresent(name -> tell(hosts -> hosts.lastWord(name)));
    }

    @Override
    public Scene scene() {
        return scene;
    }

    @Override
    public synchronized Errand.Result execute(String host, Errand errand) {
        tell(hosts -> hosts.execute(host, errand));
        listed.add(host + ": " + String.join(" ", errand.words()));
        return new Errand.Result(0, "", "");
    }

    @Override
    public synchronized List<Map<String, Object>> query(NodeName node, String sql, boolean readOnly, Duration timeout) {
        if (!readOnly) {
            tell(hosts -> hosts.query(node, sql));
        }
        listed.add(node + ": " + sql);
        return List.of();
    }

    @Override
    public synchronized boolean confirm(String question, Duration timeout) {
        listed.add("asked: " + question);
        return true;
    }

    /// What the site's own steps would have done, in order: none of it was.
    public synchronized List<String> listed() {
        return List.copyOf(listed);
    }
}
