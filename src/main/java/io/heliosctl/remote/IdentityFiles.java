package io.heliosctl.remote;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where a user's keys are.
///
/// @param keys private key files, in the order to try
/// @param certificates OpenSSH certificates beside those that lie next to their key as `KEY-cert.pub`
/// @param only whether the agent may be used for these keys only
/// @param chosen whether somebody named the files; default files need not exist
/// @param agent the Unix socket of the agent
record IdentityFiles(List<Path> keys, List<Path> certificates, boolean only, boolean chosen, Optional<Path> agent) {}
