package io.heliosctl.control;

import io.heliosctl.model.NodeName;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.Problem;
import java.util.List;
import java.util.Optional;

/// What can be proved about the hosts before anything is changed. Every question only reads.
public interface Proofs {

    /// Renders every file that a move to that primary would write, and keeps nothing of it.
    ///
    /// @throws io.heliosctl.model.InvalidDocumentException if a template is wrong
    void requireTemplates(NodeName primary);

    /// Commands that a run needs and that the login user may not run, on every host.
    List<Problem> privilegeProblems();

    /// What is wrong with the program files, the service and the data directory of a node.
    List<Problem> serviceProblems(NodeName node);

    /// Makes a real replication login from one node's host to another node.
    List<Problem> replicationLoginProblems(NodeName from, NodeName to);

    /// Why the role could not end other roles' sessions on a node; empty if it can.
    List<Problem> endingProblems(NodeName node);

    /// What is wrong with a pooler's processes: their number, our rights on their consoles.
    List<Problem> processProblems(PoolerName pooler);

    /// The unified diff between the live configuration of a pooler and what its template makes of the current
    /// primary; empty if they are the same.
    Optional<String> drift(PoolerName pooler, NodeName primary);
}
