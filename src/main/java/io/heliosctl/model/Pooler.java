package io.heliosctl.model;

/// One PgBouncer of a cluster. It may share its host with a node.
public record Pooler(PoolerName name, String host, SshSettings ssh, PgbouncerSettings pgbouncer) {}
