package io.heliosctl.remote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heliosctl.model.Bytes;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.SshSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same against OpenSSH's own server, which is what production runs.
@Tag("loopback")
class OpenSshdTest {

    private final KeyPair user = FakeSshd.ed25519();

    @TempDir
    private Path directory;

    private SshHome home;
    private SshHosts hosts;
    private OpenSshd sshd;

    @BeforeEach
    void home() {
        assumeTrue(Files.isExecutable(OpenSshd.PROGRAM), "there is no sshd here");
        home = new SshHome(directory);
        home.key("id_ed25519", user);
        hosts = new SshHosts(Passphrases.NONE, home.surroundings());
    }

    @AfterEach
    void stop() {
        if (hosts != null) {
            hosts.close();
        }
        if (sshd != null) {
            sshd.close();
        }
    }

    @Test
    void commandsHaveStatusSignalStreamsAndInput() throws Exception {
        Remote host = connect();
        byte[] content = new byte[1_000_003];
        new Random(3).nextBytes(content);

        assertEquals(
                new Ran.Exited(3, Bytes.of("out"), Bytes.of("err"), false),
                host.run(Command.script("printf out; printf err >&2; exit 3")));
        assertEquals(
                new Ran.Signalled("KILL", Bytes.of("half"), Bytes.EMPTY),
                host.run(Command.script("printf half; kill -9 $$")));
        assertEquals(
                new Ran.NoAnswer("no answer within 0.3 s"),
                host.run(Command.script("sleep 5").timeout(Duration.ofMillis(300))));
        assertEquals(
                Bytes.of(content),
                assertInstanceOf(
                                Ran.Exited.class, host.run(Command.script("cat").input(Bytes.of(content))))
                        .output());
        assertEquals(
                new Ran.Exited(0, Bytes.of("up"), Bytes.EMPTY, false),
                host.run(Command.script("sleep 30 & printf up")));
    }

    @Test
    void moreCommandsThanSessionsWaitTheirTurn() throws Exception {
        Remote host = connect();
        try (Coprocess first = host.start(Command.script("exec cat"));
                Coprocess second = host.start(Command.script("exec cat"))) {
            List<CompletableFuture<Ran>> answers = IntStream.range(0, 40)
                    .mapToObj(number ->
                            CompletableFuture.supplyAsync(() -> host.run(Command.script("printf %s $1", "" + number))))
                    .toList();
            for (int number = 0; number < 40; number++) {
                assertEquals(
                        new Ran.Exited(0, Bytes.of("" + number), Bytes.EMPTY, false),
                        answers.get(number).join());
            }
            assertTrue(first.isOpen() && second.isOpen());
        }
    }

    /// sshd keeps the channel open until the program has ended, which may never be.
    @Test
    void whoReadsIsLetGoThoughTheProgramStandsStill() throws Exception {
        Remote host = connect();
        CompletableFuture<byte[]> rest;
        try (Coprocess program = host.start(Command.script("echo begun; exec sleep 60"))) {
            assertEquals('b', program.output().read());
            rest = CompletableFuture.supplyAsync(() -> {
                try {
                    return program.output().readAllBytes();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        assertEquals("egun\n", new String(rest.get(10, TimeUnit.SECONDS), StandardCharsets.UTF_8));
    }

    @Test
    void filesAreWrittenAndReadBack() throws Exception {
        RemoteFiles files = new RemoteFiles(connect());
        Path file = Files.writeString(directory.resolve("conf"), "old");
        Bytes content = Bytes.of("new\0content\n".repeat(50_000));

        files.write(file.toString(), content, System.getProperty("user.name"));

        assertEquals(content, Bytes.of(Files.readAllBytes(file)));
        assertEquals(Optional.of(content), files.read(file.toString(), System.getProperty("user.name")));
    }

    @Test
    void aUnixSocketOnTheHostIsASocketHere() throws Exception {
        Remote host = connect();
        Path path = directory.resolve("s");
        byte[] content = new byte[5_000_000];
        new Random(5).nextBytes(content);
        try (ServerSocketChannel server = echo(path);
                Socket socket = host.openUnixSocket(path.toString(), Duration.ofSeconds(5))) {
            assertTrue(server.isOpen() && socket.isConnected());
            Thread.startVirtualThread(() -> send(socket, content));
            assertArrayEquals(content, socket.getInputStream().readNBytes(content.length));

            socket.setSoTimeout(100);
            assertThrows(
                    SocketTimeoutException.class, () -> socket.getInputStream().read());
            socket.setSoTimeout(5000);
            send(socket, "still alive".getBytes(StandardCharsets.UTF_8));
            assertEquals("still alive", new String(socket.getInputStream().readNBytes(11), StandardCharsets.UTF_8));
            socket.shutdownOutput();
            assertEquals(-1, socket.getInputStream().read());
        }
    }

    @Test
    void aSocketThatNobodyListensOnIsRefusedLikeAnyOther() throws Exception {
        Remote host = connect();

        assertThrows(
                ConnectException.class,
                () -> host.openUnixSocket(directory.resolve("none").toString(), Duration.ofSeconds(5)));
        assertTrue(host.isOpen());
    }

    @Test
    void anSshdThatDoesNotForwardIsAProblemWithAWayOut() throws Exception {
        Remote host = connect("AllowStreamLocalForwarding no");
        Path path = directory.resolve("s");
        try (ServerSocketChannel server = echo(path)) {
            assertTrue(server.isOpen());
            ProblemException refused = assertThrows(
                    ProblemException.class, () -> host.openUnixSocket(path.toString(), Duration.ofSeconds(5)));

            Problem problem = refused.problems().getFirst();
            assertEquals("socket-forbidden", problem.code());
            assertTrue(problem.hint().startsWith("Set `connect: tcp` for this host"));
        }
    }

    @Test
    void aKilledServerIsNoticed() throws Exception {
        Remote host = connect();
        assertEquals(new Ran.NoAnswer("the connection was lost"), host.run(Command.script("kill -9 $PPID; sleep 5")));
        assertTrue(!host.isOpen());
    }

    /// Without the user's own `.bashrc`, which a login shell of bash reads for every command.
    @Test
    void roundTripsAreShort() throws Exception {
        long start = System.nanoTime();
        Remote host = connect("SetEnv HOME=" + directory);
        report("start sshd, connect and log in", start, 1);
        host.run(Command.script("true"));
        for (int round = 0; round < 3; round++) {
            start = System.nanoTime();
            for (int count = 0; count < 100; count++) {
                host.run(Command.script("true"));
            }
            report("run", start, 100);
        }
        try (Coprocess shell = host.start(Command.script("while read line; do echo $line; done"))) {
            for (int round = 0; round < 3; round++) {
                start = System.nanoTime();
                for (int count = 0; count < 100; count++) {
                    shell.input().write("ping\n".getBytes(StandardCharsets.UTF_8));
                    shell.input().flush();
                    shell.output().readNBytes(5);
                }
                report("coprocess", start, 100);
            }
        }
    }

    private static void report(String what, long start, int count) {
        System.out.printf("%s: %.2f ms%n", what, (System.nanoTime() - start) / 1e6 / count);
    }

    private Remote connect(String... config) throws IOException, InterruptedException {
        sshd = new OpenSshd(directory, user, config);
        home.knownHosts(sshd.knownHostsLine());
        SshSettings settings = home.settings(sshd.port());
        return SshHome.connect(
                hosts,
                new SshSettings(
                        Optional.of(System.getProperty("user.name")),
                        settings.port(),
                        settings.key(),
                        settings.knownHosts(),
                        settings.jump(),
                        settings.config(),
                        settings.connectTimeout()));
    }

    private static ServerSocketChannel echo(Path path) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        Thread.startVirtualThread(() -> {
            try (SocketChannel client = server.accept()) {
                ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
                while (client.read(buffer) >= 0) {
                    buffer.flip();
                    while (buffer.hasRemaining()) {
                        client.write(buffer);
                    }
                    buffer.clear();
                }
            } catch (IOException e) {
                // The test is over.
            }
        });
        return server;
    }

    private static void send(Socket socket, byte[] content) {
        try {
            socket.getOutputStream().write(Arrays.copyOf(content, content.length));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
