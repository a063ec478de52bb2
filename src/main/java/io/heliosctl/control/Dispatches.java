package io.heliosctl.control;

import io.heliosctl.model.NodeName;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.StopMode;
import java.time.Duration;
import java.util.List;

/// What the hosts will be told for each thing that a step asks of a [ClusterControl]. It reads on the hosts
/// what that depends on, such as a file that will be replaced, and changes nothing.
public interface Dispatches {

    List<Dispatch> checkpoint(NodeName node);

    List<Dispatch> stop(NodeName node, StopMode mode);

    List<Dispatch> awaitExit(NodeName node);

    List<Dispatch> start(NodeName node);

    List<Dispatch> restart(NodeName node);

    List<Dispatch> prepareTombstone(NodeName node, NodeName upstream);

    /// Where it was prepared.
    List<Dispatch> tombstone(NodeName node);

    List<Dispatch> promote(NodeName node);

    List<Dispatch> follow(NodeName standby, NodeName upstream);

    /// What a standby lacks is copied to its host from that of a stopped primary.
    List<Dispatch> fetchWal(NodeName standby, NodeName lost);

    /// A stopped server that is to come back as a standby.
    ///
    /// @param tombstoned whether the stopped server has its settings and its signal already
    /// @param running whether it runs already
    List<Dispatch> rejoin(NodeName node, NodeName upstream, boolean tombstoned, boolean running);

    /// A node that has left the cluster is brought back by the gentlest way that works.
    List<Dispatch> bringBack(NodeName node, NodeName upstream, ReturnControl.Limits limits);

    List<Dispatch> pause(PoolerName pooler);

    /// The sessions that PAUSE waits for are ended.
    List<Dispatch> endBlockers(NodeName primary);

    List<Dispatch> resume(PoolerName pooler);

    List<Dispatch> kill(PoolerName pooler);

    List<Dispatch> stage(PoolerName pooler, NodeName primary);

    List<Dispatch> point(PoolerName pooler, NodeName primary);

    List<Dispatch> writeThrough(PoolerName pooler);

    List<Dispatch> armSwitch(PoolerName pooler, Duration budget);

    List<Dispatch> disarmSwitch(PoolerName pooler);

    List<Dispatch> armSwitch(NodeName node, Duration budget);

    /// Right before a promotion.
    List<Dispatch> lastWord(NodeName oldPrimary);

    List<Dispatch> execute(String host, Errand errand);

    List<Dispatch> query(NodeName node, String sql);
}
