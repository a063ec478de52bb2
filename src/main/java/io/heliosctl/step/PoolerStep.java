package io.heliosctl.step;

import io.heliosctl.model.PoolerName;

/// A step on a PgBouncer.
public sealed interface PoolerStep extends Step
        permits PausePool, HoldPool, PointPool, ResumePool, KillPool, WriteProbe {

    PoolerName target();

    @Override
    default String targetName() {
        return target().value();
    }
}
