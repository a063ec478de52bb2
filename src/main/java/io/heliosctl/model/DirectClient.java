package io.heliosctl.model;

import java.util.Optional;

/// A client that is connected to a server past all poolers that could be asked.
///
/// @param node the server
/// @param address where it comes from; absent for a Unix socket
public record DirectClient(NodeName node, String user, String application, Optional<String> address) {

    /// `reports (user app) from 10.0.0.5`.
    public String text() {
        return "%s (user %s) from %s"
                .formatted(
                        application.isBlank() ? "a client" : application.strip(),
                        user,
                        address.orElse("the host itself"));
    }
}
