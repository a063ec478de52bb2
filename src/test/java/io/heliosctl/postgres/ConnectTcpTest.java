package io.heliosctl.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.heliosctl.model.Node;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.PostgresSettings;
import io.heliosctl.model.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `connect: tcp` against a real server with TLS and SCRAM: the other way in, where sockets may not be
/// forwarded.
@Tag("loopback")
class ConnectTcpTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    /// An authority, and a certificate of its for the address of the server and no other.
    private static final String CERTIFICATES = """
        cd "$1"
        openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=authority" -keyout ca.key -out ca.crt 2>&1
        openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=stranger" -keyout x.key -out other.crt 2>&1
        openssl req -newkey rsa:2048 -nodes -subj "/CN=$3" -keyout "$2/server.key" -out server.csr 2>&1
        echo "subjectAltName=IP:$3" > extensions
        openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile extensions \
          -out "$2/server.crt" 2>&1
        chmod 600 "$2/server.key"
        chmod 644 ca.crt other.crt
        """;

    private static Lab lab;
    private static Node node;

    @BeforeAll
    static void start() throws IOException {
        lab = new Lab();
        node = lab.primary("one");
        lab.sh(CERTIFICATES, lab.directory.toString(), lab.data(node), "127.0.0.1");
        lab.sh("echo 'hostssl all heliosctl 127.0.0.1/32 scram-sha-256' >> \"$1/pg_hba.conf\"", lab.data(node));
        lab.psql(node, "alter role heliosctl password 'right'");
        lab.psql(node, "alter system set ssl = on");
        lab.psql(node, "select pg_reload_conf()");
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @Test
    void observesOverVerifiedTlsWithAPassword() {
        assertInstanceOf(NodeState.Primary.class, observe("ca.crt", "right"));
    }

    @Test
    void refusesACertificateOfAnotherAuthority() {
        var state = assertInstanceOf(NodeState.Unreachable.class, observe("other.crt", "right"));

        assertEquals("the TLS certificate of its port is not trusted", state.reason());
    }

    @Test
    void saysThatThePasswordIsWrongWithoutShowingIt() {
        var state = assertInstanceOf(NodeState.Unreachable.class, observe("ca.crt", "wr0ng-secret"));

        assertEquals("authentication failed for role \"heliosctl\"", state.reason());
    }

    private static NodeState observe(String authority, String password) {
        try (var server = new PostgresServer(
                overTcp(lab.directory.resolve(authority)), lab.remote, () -> Optional.of(new Secret(password)))) {
            return server.observe(LIMIT);
        }
    }

    private static Node overTcp(Path authority) {
        var old = node.postgres();
        var postgres = new PostgresSettings(
                old.port(),
                old.service(),
                old.dataDir(),
                old.binDir(),
                old.socketDir(),
                old.configFile(),
                old.logFile(),
                old.osUser(),
                old.role(),
                old.database(),
                old.replicationUser(),
                PostgresSettings.Connect.TCP,
                Optional.of(authority),
                old.passfile(),
                old.restoreCommand(),
                old.conninfo());
        return new Node(node.name(), node.host(), node.priority(), node.tags(), node.ssh(), postgres);
    }
}
