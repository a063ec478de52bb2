package io.heliosctl.model;

import java.util.List;

/// One PostgreSQL server of a cluster, as declared; whether it is primary is a fact, not a declaration.
///
/// @param host the address other servers and the poolers use, and SSH unless `~/.ssh/config` says otherwise
/// @param priority higher is preferred among equally advanced standbys; 0 is never promoted
public record Node(
        NodeName name, String host, int priority, List<String> tags, SshSettings ssh, PostgresSettings postgres) {

    public Node {
        tags = List.copyOf(tags);
    }
}
