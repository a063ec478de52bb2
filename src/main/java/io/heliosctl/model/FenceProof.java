package io.heliosctl.model;

import java.util.Optional;

/// Proof that a server cannot write, without a clean stop: what it wrote last may be on no standby.
///
/// @param evidence what was seen, in a few words
/// @param end a position that its WAL reaches at least, as far as its control file tells; absent if nothing could be
///     read
public record FenceProof(NodeName node, String evidence, Optional<Lsn> end) implements Fenced {}
