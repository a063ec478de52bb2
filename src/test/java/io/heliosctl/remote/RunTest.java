package io.heliosctl.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heliosctl.model.Bytes;
import io.heliosctl.model.Deadline;
import io.heliosctl.model.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Commands: what goes in, what comes out, and the three ways in which they end.
class RunTest {

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
    void aCommandHasAStatusAndTwoStreams() {
        Ran ran = host.run(Command.script("printf out; printf err >&2; exit 3"));

        assertEquals(new Ran.Exited(3, Bytes.of("out"), Bytes.of("err"), false), ran);
    }

    @Test
    void valuesAreParametersAndNeverPartOfTheScript() {
        Ran ran = host.run(Command.script("printf '%s|' \"$@\"", "a b", "$(id)", "'; exit 9; '", ""));

        assertEquals("a b|$(id)|'; exit 9; '||", exited(ran).text());
    }

    @Test
    void oneProgramIsRunWithItsWords() {
        Ran ran = host.run(Command.exec(List.of("env"), "printf", "%s-%s", "x y", "z"));

        assertEquals("x y-z", exited(ran).text());
    }

    @Test
    void messagesAreInEnglishWhateverTheHostSpeaks() {
        assertEquals(
                "C", exited(host.run(Command.script("printf %s \"$LC_ALL\""))).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "/bin/dash", "/bin/bash", "/usr/bin/busybox"})
    void theInputIsTheCommandsOwnToTheLastByte(String shell) {
        assumeTrue(Files.isExecutable(Path.of(shell)), shell + " is not here");
        sshd.behave(shell.endsWith("busybox") ? FakeShell.of(shell, "sh") : FakeShell.of(shell));
        byte[] content = new byte[1_000_003];
        new Random(1).nextBytes(content);
        for (byte[] input : List.of(content, new byte[] {0}, "exit 9\n".getBytes(StandardCharsets.UTF_8))) {
            Bytes bytes = Bytes.of(input);
            assertEquals(
                    bytes, exited(host.run(Command.script("cat").input(bytes))).output());
            assertEquals(
                    bytes,
                    exited(host.run(Command.exec(List.of("cat")).input(bytes))).output());
        }
        Ran ran = host.run(Command.script("head -c 3; printf /; sha256sum").input(Bytes.of("abcdef")));
        assertEquals("abc/" + Bytes.of("def").sha256() + "  -\n", exited(ran).text());
    }

    @Test
    void withoutInputACommandReadsAnEmptyOne() {
        assertEquals(
                "0\n",
                exited(host.run(Command.script("wc -c\n: more of the script"))).text());
    }

    @Test
    void aCommandThatReadsNoneOfItsInputStillHasItsStatus() {
        Bytes much = Bytes.of(new byte[8 << 20]);

        assertEquals(7, exited(host.run(Command.script("exit 7").input(much))).status());
    }

    @Test
    void whatIsPrintedBeforeTheCommandIsNoAnswer() {
        sshd.behave(FakeShell.noisy("Welcome to pgdb1!\nno newline at the end"));

        Ran ran = host.run(Command.script("printf yes; printf no >&2"));

        assertEquals(new Ran.Exited(0, Bytes.of("yes"), Bytes.of("no"), false), ran);
    }

    @Test
    void aLoginShellThatRefusesIsNoAnswer() {
        sshd.behave(fake -> {
            fake.say("This account is currently not available.\n");
            fake.exit(1);
        });

        assertEquals(
                new Ran.NoAnswer("instead of /bin/sh the host answered: This account is currently not available."),
                host.run(Command.script("true")));
    }

    @Test
    void afterTheDeadlineThereIsNoAnswer() {
        long start = System.nanoTime();

        Ran ran = host.run(Command.script("sleep 60").timeout(Duration.ofMillis(300)));

        assertEquals(new Ran.NoAnswer("no answer within 0.3 s"), ran);
        assertTrue(System.nanoTime() - start < Duration.ofSeconds(5).toNanos());
        assertTrue(exited(host.run(Command.script("true"))).ok());
    }

    @Test
    void aChannelClosedWithoutAStatusIsNoAnswer() {
        sshd.behave(FakeShell::hangUp);

        assertEquals(
                new Ran.NoAnswer("the host closed the channel without an exit status"),
                host.run(Command.script("true")));
    }

    @Test
    void aLostConnectionIsNoAnswer() {
        sshd.behave(FakeShell::loseConnection);

        assertEquals(new Ran.NoAnswer("the connection was lost"), host.run(Command.script("true")));
        assertFalse(host.isOpen());
        assertInstanceOf(Ran.NoAnswer.class, host.run(Command.script("true")));
    }

    @Test
    void aSignalIsNeitherAStatusNorNoAnswer() {
        sshd.behave(fake -> {
            fake.say(marker(fake) + "\nhalf an answer");
            sendSignal(fake, "KILL");
        });

        assertEquals(
                new Ran.Signalled("KILL", Bytes.of("half an answer"), Bytes.EMPTY), host.run(Command.script("true")));
    }

    @Test
    void outputBeyondTheLimitIsCutOffAndSaidSo() {
        Command endless = new Command(
                "head -c 5000000 /dev/zero; head -c 5000000 /dev/zero >&2; exit 4",
                List.of(),
                Bytes.EMPTY,
                Duration.ofSeconds(10),
                1000);

        Bytes zeros = Bytes.of(new byte[1000]);
        assertEquals(new Ran.Exited(4, zeros, zeros, true), host.run(endless));
    }

    @Test
    void aDaemonThatKeepsTheStreamsDoesNotHoldUpTheAnswer() {
        sshd.behave(fake -> {
            fake.say(marker(fake) + "\nstarted");
            sendStatus(fake, 0);
        });

        assertEquals(
                new Ran.Exited(0, Bytes.of("started"), Bytes.EMPTY, false), host.run(Command.script("start a daemon")));
    }

    @Test
    void manyCommandsAtOnceWaitForEachOther() {
        List<CompletableFuture<String>> answers = IntStream.range(0, 40)
                .mapToObj(number -> CompletableFuture.supplyAsync(
                        () -> exited(host.run(Command.script("printf %s \"$1\"", "" + number)))
                                .text()))
                .toList();

        for (int number = 0; number < answers.size(); number++) {
            assertEquals("" + number, answers.get(number).join());
        }
    }

    @Test
    void aCoprocessStaysAndAnswers() throws IOException {
        sshd.behave(FakeShell.noisy("noise\n"));
        try (Coprocess cat = host.start(Command.script("exec cat").input(Bytes.of("first ")))) {
            assertTrue(cat.isOpen());
            cat.input().write("line\n".getBytes(StandardCharsets.UTF_8));
            cat.input().flush();
            assertEquals("first line\n", new String(cat.output().readNBytes(11), StandardCharsets.UTF_8));
            assertEquals(OptionalInt.empty(), cat.status());

            cat.input().close();
            assertEquals(-1, cat.output().read());
            assertEquals(-1, cat.errors().read());
            assertEquals(OptionalInt.of(0), eventually(cat));
            assertFalse(cat.isOpen());
        }
    }

    @Test
    void aCoprocessMaySayMoreThanTheWindowHolds() throws IOException {
        try (Coprocess talk = host.start(Command.script("head -c 20000000 /dev/zero"))) {
            assertEquals(20_000_000, talk.output().readAllBytes().length);
        }
    }

    @Test
    void aCoprocessThatCannotStartIsAProblem() {
        sshd.behave(fake -> {
            fake.complain("sh: not found\n");
            fake.exit(127);
        });

        ProblemException refused =
                Assertions.assertThrows(ProblemException.class, () -> host.start(Command.script("exec cat")));
        assertEquals("pgdb1: cannot start a command", refused.getMessage());
        assertEquals(
                "Instead of /bin/sh the host answered: sh: not found",
                refused.problems().getFirst().detail());
    }

    private static Ran.Exited exited(Ran ran) {
        return assertInstanceOf(Ran.Exited.class, ran, ran::toString);
    }

    private static OptionalInt eventually(Coprocess program) {
        Deadline deadline = Deadline.in(Duration.ofSeconds(5));
        while (program.status().isEmpty() && !deadline.hasPassed()) {
            Thread.onSpinWait();
        }
        return program.status();
    }

    /// The frame's line, as the script asks for it.
    private static String marker(FakeShell fake) throws IOException {
        String line = fake.readLine();
        int start = line.indexOf("HELIOSCTL-");
        return line.substring(start, line.indexOf(';', start));
    }

    private static void sendSignal(FakeShell fake, String signal) throws IOException {
        Buffer buffer = request(fake, "exit-signal");
        buffer.putString(signal);
        buffer.putBoolean(false);
        buffer.putString("");
        buffer.putString("");
        fake.channel().getSession().writePacket(buffer);
        fake.hangUp();
    }

    private static void sendStatus(FakeShell fake, int status) throws IOException {
        Buffer buffer = request(fake, "exit-status");
        buffer.putUInt(status);
        fake.channel().getSession().writePacket(buffer);
    }

    private static Buffer request(FakeShell fake, String name) {
        Buffer buffer = fake.channel().getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST);
        buffer.putUInt(fake.channel().getRecipient());
        buffer.putString(name);
        buffer.putBoolean(false);
        return buffer;
    }
}
