package io.heliosctl.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.remote.EmbeddedSshServer;
import io.heliosctl.remote.EmbeddedSshServerAccount;
import io.heliosctl.remote.EmbeddedSshServerKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The embedded SSH server as OpenSSH's own client sees it.
@Tag("loopback")
class EmbeddedSshServerTest {

    @TempDir
    private Path directory;

    private EmbeddedSshServer server;
    private int port;

    @BeforeEach
    void startServer() throws IOException {
        port = freePort();
        Path hostKey = directory.resolve("host_key");
        Path key = directory.resolve("key");
        EmbeddedSshServerKeys.generate(hostKey, "host");
        EmbeddedSshServerKeys.generate(key, "client");
        Files.writeString(
                directory.resolve("known_hosts"), EmbeddedSshServerKeys.knownHosts(hostKey, Set.of("127.0.0.1"), port));
        EmbeddedSshServerAccount account =
                new EmbeddedSshServerAccount(System.getProperty("user.name"), directory.toString(), List.of());
        server = EmbeddedSshServer.start(new EmbeddedSshServer.Settings(
                List.of("127.0.0.1"), port, hostKey, EmbeddedSshServerKeys.publicHalf(key), account));
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void aCommandHasItsOutputErrorsAndStatus() {
        assertEquals(new Answer(7, "out\n", "err\n"), ssh("", "echo out; echo err >&2; exit 7"));
    }

    @Test
    void aScriptComesOnStandardInputAndEndsWithIt() {
        assertEquals(new Answer(0, "2 words\n", ""), ssh("echo $# words", "/bin/sh -s a b"));
    }

    @Test
    void aKilledCommandIsNotTakenForOneThatExited() {
        // OpenSSH's client says 255 where the server reports a signal.
        assertEquals(255, ssh("", "kill -TERM $$").status());
    }

    @Test
    void aMegabyteArrivesWhole() {
        assertEquals(
                new Answer(0, "1048576\n", ""), ssh("x".repeat(1 << 20), "cat > big; cat big > copy; wc -c < copy"));
    }

    @Test
    void aLoginSeesNothingOfTheServersEnvironment() {
        assertEquals(
                "HOME\nLANG\nLOGNAME\nPATH\nPWD\nSHELL\nUSER\n",
                ssh("", "env | sed 's/=.*//' | grep -v -e _ -e OLDPWD -e SHLVL | sort")
                        .output());
    }

    @Test
    void anotherKeyIsNotLetIn() {
        EmbeddedSshServerKeys.generate(directory.resolve("stranger"), "stranger");
        Answer answer = run(
                "",
                List.of(
                        "ssh",
                        "-F",
                        "none",
                        "-p",
                        "" + port,
                        "-o",
                        "BatchMode=yes",
                        "-o",
                        "UserKnownHostsFile=" + directory.resolve("known_hosts"),
                        "-o",
                        "IdentitiesOnly=yes",
                        "-i",
                        directory.resolve("stranger").toString(),
                        "127.0.0.1",
                        "true"));
        assertEquals(255, answer.status());
    }

    @Test
    void severalCommandsRunAtOnce() {
        List<Answer> answers = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> ssh("", "echo " + i + "; exit " + i))
                .toList();
        assertEquals(
                IntStream.range(0, 8).mapToObj(i -> new Answer(i, i + "\n", "")).toList(), answers);
    }

    @Test
    void aUnixSocketIsReached() throws Exception {
        Path there = directory.resolve("there");
        Path here = directory.resolve("here");
        try (ServerSocketChannel echo = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            echo.bind(UnixDomainSocketAddress.of(there));
            Thread.ofVirtual().start(() -> echoOnce(echo));
            Process forward = new ProcessBuilder(client("-N", "-L", here + ":" + there))
                    .inheritIO()
                    .start();
            try (SocketChannel socket = connect(here)) {
                socket.write(ByteBuffer.wrap("y".repeat(100_000).getBytes(StandardCharsets.US_ASCII)));
                socket.shutdownOutput();
                assertEquals(100_000, readAll(socket));
            } finally {
                forward.destroy();
            }
        }
    }

    private static void echoOnce(ServerSocketChannel server) {
        try (SocketChannel client = server.accept()) {
            ByteBuffer buffer = ByteBuffer.allocate(4096);
            while (client.read(buffer) >= 0) {
                buffer.flip();
                client.write(buffer);
                buffer.clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int readAll(SocketChannel socket) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(200_000);
        while (socket.read(buffer) >= 0) {
            // Reads until the other side has closed.
        }
        return buffer.position();
    }

    /// The client makes the socket once it is logged in.
    private static SocketChannel connect(Path path) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (true) {
            try {
                return SocketChannel.open(UnixDomainSocketAddress.of(path));
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(20);
            }
        }
    }

    private Answer ssh(String input, String command) {
        return run(input, client(command));
    }

    private List<String> client(String... words) {
        List<String> line = new ArrayList<>(List.of(
                "ssh",
                "-F",
                "none",
                "-p",
                "" + port,
                "-o",
                "BatchMode=yes",
                "-o",
                "UserKnownHostsFile=" + directory.resolve("known_hosts"),
                "-i",
                directory.resolve("key").toString(),
                "127.0.0.1"));
        line.addAll(List.of(words));
        return line;
    }

    private record Answer(int status, String output, String errors) {}

    private Answer run(String input, List<String> words) {
        try {
            Path in = Files.createTempFile(directory, "in", "");
            Path out = Files.createTempFile(directory, "out", "");
            Path err = Files.createTempFile(directory, "err", "");
            Files.writeString(in, input);
            Process process = new ProcessBuilder(words)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("no end within 20 s of " + words + ": " + Files.readString(err));
            }
            return new Answer(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
