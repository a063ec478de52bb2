package io.heliosctl.control;

import io.heliosctl.model.Fenced;

/// What came of fencing a server.
///
/// @param proof that it cannot write
/// @param remark what was done for that, in a few words
public record Fencing(Fenced proof, String remark) {}
