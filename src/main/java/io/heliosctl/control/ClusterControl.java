package io.heliosctl.control;

import io.heliosctl.model.Cluster;
import io.heliosctl.model.Coverage;
import io.heliosctl.model.Fenced;
import io.heliosctl.model.LsnProof;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.StopMode;
import io.heliosctl.model.StopProof;
import io.heliosctl.model.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that a step may see and do. Whatever waits has a deadline and throws a {@link
/// io.heliosctl.model.ProblemException} that says what it waited for and on which host.
public interface ClusterControl {

    Cluster cluster();

    /// Looks at every node and pooler, in parallel. Never throws for a host that does not answer.
    Topology observe();

    NodeState observe(NodeName node);

    /// A standby that runs, as it is now.
    ///
    /// @throws ProblemException `not-a-standby` if it is anything else
    default NodeState.Standby standby(NodeName node) {
        if (observe(node) instanceof NodeState.Standby standby) {
            return standby;
        }
        throw new ProblemException(Problem.error("not-a-standby", node + " is not a running standby"));
    }

    PoolerState observe(PoolerName pooler);

    /// Differences between the server that answers now and the one this run was planned for: system identifier,
    /// data directory, port. Empty if it is the same; a server that cannot be asked is a problem.
    List<Problem> identityProblems(NodeName node);

    /// Makes a checkpoint.
    ///
    /// @return how long it took
    Duration checkpoint(NodeName node, Duration timeout);

    /// Stops a server and waits for the proof, not for the end of its processes.
    StopProof stop(NodeName node, StopMode mode, Duration timeout);

    /// Proves that a server is stopped, without stopping it.
    StopProof proveStopped(NodeName node);

    /// Waits until no process of a stopped server is left, and lets the service manager know that it is
    /// stopped.
    void awaitExit(NodeName node, Duration timeout);

    void start(NodeName node, Duration timeout);

    void restart(NodeName node, Duration timeout);

    /// Makes any later start of a stopped server come up read-only, following the upstream.
    void tombstone(StopProof proof, NodeName upstream);

    /// Writes what a tombstone needs ahead of time, so that only a marker file is left to make. A running
    /// primary does not mind it.
    void prepareTombstone(NodeName node, NodeName upstream);

    boolean hasTombstone(NodeName node);

    /// Takes the tombstone away and puts the configuration back as it was, byte for byte.
    void removeTombstone(NodeName node);

    /// Waits until a standby has received everything of a stopped server. With no time, it only looks.
    LsnProof awaitReceived(NodeName standby, StopProof proof, Duration timeout);

    /// Makes a standby primary and waits until it accepts writes. Without both it cannot be called.
    ///
    /// @param fenced why the old primary cannot write any more
    /// @param received what of its WAL is here
    void promote(NodeName node, Fenced fenced, Coverage received, Duration timeout);

    /// What can be seen and done once the primary is lost.
    FailoverControl failover();

    /// How a node comes back that has left the cluster.
    ReturnControl returns();

    /// True if a standby streams from that upstream, on its timeline.
    boolean streamsFrom(NodeName standby, NodeName upstream);

    /// Writes ahead of time what a standby is to follow another upstream by. It has no effect yet.
    default void prepareFollow(NodeName standby, NodeName upstream) {}

    /// Makes a running standby stream from another upstream, and waits until it does.
    void follow(NodeName standby, NodeName upstream, Duration timeout);

    /// Starts a stopped server as a standby, and waits until it streams.
    void rejoin(NodeName node, NodeName upstream, Duration timeout);

    /// Waits until every standby of the cluster streams from a node and has replayed a marker written now.
    ///
    /// @return a few words about who streams
    String requireStreaming(NodeName primary, Duration timeout);

    boolean isPaused(PoolerName pooler);

    /// Begins to open what a pause of that pooler needs. Nothing is held yet.
    default void readyPause(PoolerName pooler) {}

    /// Holds the clients of all these poolers: of all or of none, in attempts between which clients are
    /// served.
    ///
    /// @return how it went, in a few words; may be empty
    String pause(List<PoolerName> poolers, PauseLimits limits);

    void resume(PoolerName pooler);

    void kill(PoolerName pooler, Duration timeout);

    /// True if every process of a pooler has the configuration for that primary live.
    boolean pointsAt(PoolerName pooler, NodeName primary);

    /// Puts the configuration for that primary beside the live one, without any effect yet.
    void stage(PoolerName pooler, NodeName primary);

    /// Replaces the configuration of every process of a pooler by the one for that primary, and reads it
    /// back.
    void point(PoolerName pooler, NodeName primary, Duration timeout);

    // Dead-man's switches: what the hosts themselves undo if this program dies. See docs/switches.md.

    /// Sees to it that the host of a pooler can let the clients in by itself. Nothing is armed yet.
    ///
    /// @param budget how long clients may be shut out once it is armed
    void readySwitch(PoolerName pooler, Duration budget);

    /// From here on each pooler's host lets the clients in by itself, as it was before, once the budget has
    /// passed.
    void armSwitch(List<PoolerName> poolers, Duration budget);

    /// True if this run has armed it and does not know it to be disarmed.
    boolean hasSwitch(PoolerName pooler);

    /// Once clients are let in.
    ///
    /// @return what is worth knowing, in a few words; may be empty
    String disarmSwitch(PoolerName pooler);

    /// Sees to it that the host of a node can bring it back as a primary by itself. Nothing is armed yet.
    ///
    /// @param budget how long it may be stopped once it is armed
    void readySwitch(NodeName node, Duration budget);

    /// From here on the node's host takes a tombstone away and starts the server once the budget has passed.
    void armSwitch(NodeName node, Duration budget);

    /// True if this run has armed it and does not know it to be disarmed.
    boolean hasSwitch(NodeName node);

    /// That the switch which this run has armed is still armed.
    ///
    /// @throws io.heliosctl.model.ProblemException if it has fired, or does not answer
    void requireSwitch(NodeName node);

    /// Before this run brings that server back itself: armed, even if it was disarmed, and kept from firing for
    /// as long as this program lives and reaches the host. Poolers whose switches were turned to the new
    /// primary lead back to it when they fire. One that has fired is waited for.
    ///
    /// @param timeout how long one that has fired may take
    /// @return whether it has fired
    boolean holdSwitch(NodeName node, Duration budget, Duration timeout);

    /// After that: disarmed, or if it has fired, waited for.
    ///
    /// @return whether it has fired
    boolean settleSwitch(NodeName node, Duration timeout);

    /// Right before a promotion is sent: the old primary's host does not bring it back any more, and the
    /// poolers' hosts let clients in to where their configuration leads now.
    ///
    /// @throws io.heliosctl.model.ProblemException unless every one of them has said so; nothing may be
    ///     promoted then
    void lastWord(Optional<NodeName> oldPrimary);

    /// The unified diff between the live configuration and the one for that primary; secrets are masked.
    String routingDifference(PoolerName pooler, NodeName primary);

    /// Writes one record through a pooler.
    ///
    /// @return the name of the node it landed on
    String writeThrough(PoolerName pooler, Duration timeout);

    // The site's own steps.

    /// What the steps of this run have kept so far.
    Scene scene();

    /// Runs a command on the host of a node or pooler. A status other than 0 is an answer.
    ///
    /// @throws io.heliosctl.model.UnknownOutcomeException if it was sent and not answered
    Errand.Result execute(String host, Errand errand);

    /// Sends a text of SQL to a node, over a connection of its own.
    ///
    /// @param readOnly within a read-only transaction that is rolled back
    /// @return the rows of its first result, as plain values by column name; none if it has no rows
    List<Map<String, Object>> query(NodeName node, String sql, boolean readOnly, Duration timeout);

    /// Asks the person who runs this; nobody there, or no answer in time, is a no.
    boolean confirm(String question, Duration timeout);
}
