package io.heliosctl.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.Deadline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of a host whose connection is gone: it is looked at again over a new one, and nothing is sent
/// twice.
class LostConnectionTest {

    private final KeyPair user = FakeSshd.ed25519();

    @TempDir
    private Path directory;

    private FakeSshd sshd;
    private SshHosts hosts;
    private Remote host;

    @BeforeEach
    void connect() {
        SshHome home = new SshHome(directory);
        home.key("id_ed25519", user);
        sshd = new FakeSshd(FakeSshd.ed25519()).authorize(user.getPublic()).start();
        home.knownHosts(sshd.knownHostsLine());
        hosts = new SshHosts(Passphrases.NONE, home.surroundings());
        host = SshHome.connect(hosts, home.settings(sshd.port()));
    }

    @AfterEach
    void disconnect() {
        hosts.close();
        sshd.close();
    }

    @Test
    void theNextCommandGoesOverANewConnection() {
        lose();

        assertInstanceOf(Ran.Exited.class, host.run(Command.script("true")));
        assertTrue(host.isOpen());
        assertEquals(1, sshd.connections());
    }

    @Test
    void manyThatAskAtOnceShareTheNewConnection() {
        lose();

        var answers = Stream.generate(() -> CompletableFuture.supplyAsync(() -> host.run(Command.script("true"))))
                .limit(8)
                .toList();

        answers.forEach(answer -> assertInstanceOf(Ran.Exited.class, answer.join()));
        assertEquals(1, sshd.connections());
    }

    @Test
    void whatWasSentAndNotAnsweredIsNotSentAgain() throws Exception {
        var made = directory.resolve("made");
        var ran = CompletableFuture.supplyAsync(
                () -> host.run(Command.script("echo once >>\"$1\"; sleep 20", made.toString())));
        await(() -> Files.exists(made));
        lose();

        assertEquals(new Ran.NoAnswer("the connection was lost"), ran.join());
        assertInstanceOf(Ran.Exited.class, host.run(Command.script("true")));
        assertEquals(List.of("once"), Files.readAllLines(made));
    }

    @Test
    void aHostThatIsGoneIsSaidToBe() {
        var port = sshd.port();
        sshd.close();
        await(() -> !host.isOpen());

        assertEquals(
                new Ran.NoAnswer("nothing was run: the connection was lost and cannot be opened again:"
                        + " nothing answers on port " + port + " of 127.0.0.1"),
                host.run(Command.script("true")));
    }

    private void lose() {
        sshd.dropConnections();
        await(() -> !host.isOpen());
    }

    private static void await(BooleanSupplier condition) {
        var deadline = Deadline.in(Duration.ofSeconds(10));
        while (!condition.getAsBoolean()) {
            assertTrue(!deadline.hasPassed(), "it takes too long");
            Thread.onSpinWait();
        }
    }
}
