package io.heliosctl.model;

import java.util.List;
import java.util.Optional;

/// One PostgreSQL server of a cluster, as declared; whether it is primary is a fact, not a declaration.
///
/// @param host the address other servers and the poolers use, and SSH unless `~/.ssh/config` says otherwise
/// @param fence the site's own way to make sure that its host cannot write any more
/// @param priority higher is preferred among equally advanced standbys; 0 is never promoted
public record Node(
        NodeName name,
        String host,
        int priority,
        List<String> tags,
        SshSettings ssh,
        PostgresSettings postgres,
        Optional<FenceCommands> fence) {

    public Node {
        tags = List.copyOf(tags);
    }

    /// One that the site has no way of its own to fence.
    public Node(
            NodeName name, String host, int priority, List<String> tags, SshSettings ssh, PostgresSettings postgres) {
        this(name, host, priority, tags, ssh, postgres, Optional.empty());
    }
}
