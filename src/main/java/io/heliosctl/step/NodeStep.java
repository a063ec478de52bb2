package io.heliosctl.step;

import io.heliosctl.model.NodeName;

/// A step on a PostgreSQL server.
public sealed interface NodeStep extends Step
        permits Checkpoint,
                Configure,
                Unconfigure,
                StopPostgres,
                StartPostgres,
                RestartPostgres,
                WaitForWal,
                Promote,
                Follow,
                ReturnStep,
                Fence,
                Unfence,
                CatchUp,
                Unfollow,
                Buried,
                SinglePrimary,
                Streaming,
                WalStatus {

    NodeName target();

    @Override
    default String targetName() {
        return target().value();
    }
}
