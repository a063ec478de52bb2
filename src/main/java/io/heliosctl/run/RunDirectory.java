package io.heliosctl.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/// Where runs are kept: `$XDG_STATE_HOME/heliosctl/runs`, for their owner only.
public record RunDirectory(Path path) {

    /// As the XDG base directory specification has it: `$XDG_STATE_HOME`, else `~/.local/state`.
    public static RunDirectory standard(Map<String, String> environment, Path home) {
        var state = environment.getOrDefault("XDG_STATE_HOME", "");
        var base = state.startsWith("/") ? Path.of(state) : home.resolve(".local/state");
        return new RunDirectory(base.resolve("heliosctl").resolve("runs"));
    }

    public Path of(RunId id) {
        return path.resolve(id.value());
    }

    void create(RunId id) throws IOException {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(of(id), owner);
    }
}
