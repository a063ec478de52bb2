package io.heliosctl.model;

import java.time.Duration;
import java.util.List;

/// How the site makes sure that a host cannot write any more: by cutting its power, or through a cloud's interface.
///
/// @param command run on the operator's machine; no shell reads it. The node is told by the environment variables
///     `HELIOSCTL_CLUSTER`, `HELIOSCTL_NODE` and `HELIOSCTL_HOST`.
/// @param check run after it: status 0 says that the host is off now
/// @param timeout how long each of them may take
public record FenceCommands(List<String> command, List<String> check, Duration timeout) {

    public FenceCommands {
        command = List.copyOf(command);
        check = List.copyOf(check);
    }
}
