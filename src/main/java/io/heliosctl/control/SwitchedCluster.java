package io.heliosctl.control;

import io.heliosctl.model.Cluster;
import io.heliosctl.model.Node;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.Pooler;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.SwitchTrace;
import io.heliosctl.remote.Permit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The dead-man's switches of a real cluster.
abstract class SwitchedCluster implements ClusterControl {

    private final Cluster members;
    private final Hosts reached;
    private Optional<Switches> switches = Optional.empty();
    private Optional<JobMaker> jobs = Optional.empty();

    SwitchedCluster(Cluster members, Hosts reached) {
        this.members = members;
        this.reached = reached;
    }

    abstract LiveNode node(NodeName name);

    abstract LivePooler pooler(PoolerName name);

    /// From here on the hosts have dead-man's switches for what is done. Without, nothing is armed. What an
    /// earlier process of the same run has armed is taken over, and what has fired is waited for.
    ///
    /// @param key the same as for [LiveCluster#locks(String)]
    /// @param run the id of the run that they belong to
    /// @param epoch the number that its locks gave it
    /// @param look what the hosts told since they are locked
    public void beginRun(String key, String run, long epoch, SwitchLook look) {
        jobs = Optional.of(new JobMaker(reached, key, run));
        var maker = new SwitchMaker(reached, key, run, epoch);
        switches = Optional.of(new Switches(
                name -> maker.of(name.value(), pooler(name).lettingIn()),
                name -> maker.of(name.value(), node(name).server().comeback())));
        var names = look.targets(run);
        switches.get()
                .adopt(
                        members.nodes().stream()
                                .map(Node::name)
                                .filter(name -> names.contains(name.value()))
                                .toList(),
                        members.poolers().stream()
                                .map(Pooler::name)
                                .filter(name -> names.contains(name.value()))
                                .toList());
    }

    /// The long commands of this run; empty before it has begun.
    Optional<JobMaker> jobs() {
        return jobs;
    }

    /// What the hosts know of this cluster's dead-man's switches, of any run.
    ///
    /// @param key the same as for [LiveCluster#locks(String)]
    public List<SwitchTrace> switches(String key) {
        return new SwitchMaker(reached, key, "", 0).traces(members).list();
    }

    /// Begins to ask every host for its dead-man's switches.
    ///
    /// @param key the same as for [LiveCluster#locks(String)]
    public SwitchLook lookForSwitches(String key) {
        return SwitchLook.begin(new SwitchMaker(reached, key, "", 0).traces(members));
    }

    /// Forgets the dead-man's switches that have fired and ended.
    ///
    /// @param key the same as for [LiveCluster#locks(String)]
    /// @param run of that run only
    public void forgetSwitches(String key, Optional<String> run) {
        new SwitchMaker(reached, key, "", 0).traces(members).forget(run);
    }

    @Override
    public void readySwitch(PoolerName name, Duration budget) {
        switches.ifPresent(all -> all.of(name).ready(budget));
    }

    @Override
    public void armSwitch(List<PoolerName> names, Duration budget) {
        switches.ifPresent(all -> all.arm(names, budget));
    }

    @Override
    public boolean hasSwitch(PoolerName name) {
        return switches.filter(all -> all.isArmed(name)).isPresent();
    }

    @Override
    public String disarmSwitch(PoolerName name) {
        return switches.map(all -> all.disarm(name)).orElse("");
    }

    @Override
    public void readySwitch(NodeName name, Duration budget) {
        switches.ifPresent(all -> all.of(name).ready(budget));
    }

    @Override
    public void armSwitch(NodeName name, Duration budget) {
        switches.ifPresent(all -> all.of(name).arm(budget));
    }

    @Override
    public boolean hasSwitch(NodeName name) {
        return switches.filter(all -> all.isArmed(name)).isPresent();
    }

    @Override
    public void requireSwitch(NodeName name) {
        switches.ifPresent(all -> all.requireArmed(name));
    }

    @Override
    public boolean holdSwitch(NodeName name, Duration budget, Duration timeout) {
        return switches.filter(all -> all.hold(name, budget, timeout)).isPresent();
    }

    @Override
    public boolean settleSwitch(NodeName name, Duration timeout) {
        return switches.filter(all -> all.settle(name, timeout)).isPresent();
    }

    @Override
    public void lastWord(Optional<NodeName> oldPrimary) {
        var doors = members.poolers().stream()
                .map(Pooler::name)
                .filter(name -> reached.remote(name.value()).isPresent())
                .toList();
        switches.ifPresent(all -> all.lastWord(oldPrimary, doors));
    }

    /// What must still be so when a stop arrives at the node's host; empty if no switch of this run is armed
    /// there.
    Optional<Permit> permit(NodeName name) {
        return switches.flatMap(all -> all.permit(name));
    }

    /// What must still be so when a PAUSE arrives; empty if no switch of this run is armed there.
    Optional<Permit> permit(PoolerName name) {
        return switches.flatMap(all -> all.permit(name));
    }

    String whileRenewing(List<PoolerName> names, Supplier<String> pause) {
        return switches.isPresent() ? switches.get().whileRenewing(names, pause) : pause.get();
    }

    void requireUnfired(PoolerName name, boolean takenBack) {
        switches.ifPresent(all -> all.requireUnfired(name, takenBack));
    }

    void closeSwitches() {
        switches.ifPresent(Switches::close);
    }
}
