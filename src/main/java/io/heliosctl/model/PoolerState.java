package io.heliosctl.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was seen of one PgBouncer at one moment.
public sealed interface PoolerState {

    /// Every process of it answered.
    record Answering(String version, List<Instance> instances) implements PoolerState {
        public Answering {
            instances = List.copyOf(instances);
        }

        public boolean isPaused() {
            return instances.stream().anyMatch(Instance::paused);
        }

        public int clients() {
            return instances.stream().mapToInt(Instance::clients).sum();
        }

        public int waiting() {
            return instances.stream().mapToInt(Instance::waiting).sum();
        }
    }

    /// At least one process did not answer; nothing is known of the whole.
    record Unreachable(String reason) implements PoolerState {}

    /// One process.
    ///
    /// @param socketDir tells it from its siblings
    /// @param longestWait how long the client that waits longest has waited (`maxwait`)
    /// @param routes the server each configured database leads to (`SHOW DATABASES`)
    /// @param loggingIn server connections in login; PAUSE would fail them (`sv_login`)
    /// @param sessionClients clients connected in session mode that hold a server
    /// @param config from `SHOW CONFIG`, by name; only what heliosctl reads
    record Instance(
            String socketDir,
            boolean paused,
            int clients,
            int waiting,
            Duration longestWait,
            int loggingIn,
            int sessionClients,
            List<Route> routes,
            Map<String, String> config) {
        public Instance {
            routes = List.copyOf(routes);
            config = Map.copyOf(config);
        }
    }

    /// Where one database leads.
    ///
    /// @param host absent means PgBouncer's own default, the local Unix socket
    record Route(String database, Optional<String> host, int port, String serverDatabase, String poolMode) {

        /// True if it leads to that server: by its host, or by the Unix socket where both share a host, and by
        /// its port.
        ///
        /// @param poolerHost the host the pooler runs on, as the inventory has it
        public boolean leadsTo(Node node, String poolerHost) {
            var local = host.map(value -> value.startsWith("/")).orElse(true);
            var sameHost = local ? node.host().equals(poolerHost) : node.host().equals(host.orElseThrow());
            return sameHost && port == node.postgres().port();
        }
    }
}
