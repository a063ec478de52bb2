package io.heliosctl.control;

import io.heliosctl.model.NodeName;
import io.heliosctl.model.PoolerName;
import java.util.Optional;
import java.util.Set;

/// What can be proved about the hosts before anything is changed. Every question only reads, but for
/// [#trial].
public interface Proofs {

    /// The other HA managers that are looked for, by the names under which they may be accepted.
    Set<String> MANAGERS = Set.of("patroni", "repmgrd", "pg_autoctl", "pacemaker");

    /// Renders every file that a move to that primary would write, and keeps nothing of it.
    ///
    /// @throws io.heliosctl.model.InvalidDocumentException if a template is wrong
    void requireTemplates(NodeName primary);

    /// Whether the login user may run every command that a run needs, on every host.
    Findings privileges();

    /// The program files, the service and the data directory of a node.
    Findings service(NodeName node);

    /// Whether another program manages the servers of a node's host: it would work against us.
    ///
    /// @param accepted which of them the operator knows to manage something else
    Findings managers(NodeName node, Set<String> accepted);

    /// Whether there is room for WAL and files on a node.
    Findings space(NodeName node);

    /// Makes a real replication login from one node's host to another node.
    Findings replicationLogin(NodeName from, NodeName to);

    /// How a node that has left the cluster would come back, and whether everything is there for it.
    Findings wayBack(NodeName node, NodeName upstream, ReturnControl.Limits limits);

    /// Whether the role may end other roles' sessions on a node.
    Findings ending(NodeName node);

    /// A pooler's processes: their number, our rights on their consoles; room for its files.
    Findings processes(PoolerName pooler);

    /// Writes what a pooler would get for that primary beside its live file, under a name of its own, reads it
    /// back and takes it away again.
    Findings trial(PoolerName pooler, NodeName primary);

    /// The unified diff between the live configuration of a pooler and what its template makes of the current
    /// primary; empty if they are the same.
    Optional<String> drift(PoolerName pooler, NodeName primary);
}
