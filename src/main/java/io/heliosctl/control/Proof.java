package io.heliosctl.control;

/// What was proved, not supposed, on a real host.
///
/// @param host name of the node or pooler
/// @param proved in a few words, such as `42 sudo commands allowed`
public record Proof(String host, String proved) {}
