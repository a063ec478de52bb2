package io.heliosctl.remote;

import io.heliosctl.model.SshSettings;

/// A host to connect to.
///
/// @param name what it is called in messages
/// @param host name or address, or an alias of the OpenSSH configuration
public record Target(String name, String host, SshSettings ssh) {}
