package io.heliosctl.model;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// How to reach a host by SSH. What is absent here comes from `~/.ssh/config`, then from OpenSSH's defaults.
///
/// @param jump another host to go through, as in `ssh -J`: `user@host:port`
/// @param config the OpenSSH client configuration to honour; absent means none is read
public record SshSettings(
        Optional<String> user,
        Optional<Integer> port,
        Optional<Path> key,
        Path knownHosts,
        Optional<String> jump,
        Optional<Path> config,
        Duration connectTimeout) {}
