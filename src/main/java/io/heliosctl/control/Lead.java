package io.heliosctl.control;

import io.heliosctl.model.Lsn;
import io.heliosctl.model.NodeName;

/// A node that has WAL which another one lacks.
///
/// @param node another standby, or the lost primary itself where the files on its host can be read
/// @param position up to which it has it
public record Lead(NodeName node, Lsn position) {}
