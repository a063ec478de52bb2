package io.heliosctl.model;

/// Proof that a server cannot write again: `pg_controldata` says "shut down" and it refuses connections.
///
/// @param checkpoint where its shutdown checkpoint record begins; no WAL of it lies past that record
public record StopProof(NodeName node, SystemId systemId, Timeline timeline, Lsn checkpoint) implements Fenced {}
