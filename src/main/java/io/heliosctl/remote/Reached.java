package io.heliosctl.remote;

import io.heliosctl.model.Problem;

/// Whether a host could be connected to. One bad host is no reason to stop: the others are reached all the
/// same.
public sealed interface Reached {

    record Connected(Remote remote) implements Reached {}

    record Failed(Problem problem) implements Reached {}
}
