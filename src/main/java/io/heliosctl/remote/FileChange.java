package io.heliosctl.remote;

import io.heliosctl.model.Bytes;
import java.util.List;
import java.util.Optional;

/// What would become of a file, and by which commands.
///
/// @param before its content now; empty if there is no such file, or if it does not matter
/// @param after its content then; empty if it will be removed
/// @param commands those that change something, in their order
public record FileChange(String path, Optional<Bytes> before, Optional<Bytes> after, List<Privilege> commands) {

    public FileChange {
        commands = List.copyOf(commands);
    }
}
