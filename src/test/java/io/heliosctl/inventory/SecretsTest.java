package io.heliosctl.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.ProblemException;
import io.heliosctl.model.Secret;
import io.heliosctl.model.SecretSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    private static final Surroundings HERE =
            new Surroundings(Path.of("/"), Path.of("/"), Map.of("TOKEN", "swordfish", "EMPTY", ""));

    @TempDir
    private Path directory;

    @Test
    void readsTheFirstLineOfAPrivateFile() throws IOException {
        assertEquals("swordfish", text(new SecretSource.File(file("swordfish\nsecond line\n", "rw-------"))));
        assertEquals("swordfish", text(new SecretSource.File(file("swordfish", "r--------"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rw-r--r--"})
    void refusesAFileThatOthersMayRead(String mode) throws IOException {
        var file = file("swordfish\n", mode);

        assertEquals(
                "secret \"replicator\": others may read or write " + file + " / chmod 600 " + file,
                refusal(new SecretSource.File(file)));
    }

    @Test
    void refusesAFileThatIsNotThereOrEmpty() throws IOException {
        var none = directory.resolve("none");
        var empty = file("\n", "rw-------");

        assertEquals(
                "secret \"replicator\": there is no file " + none + " / Make it with mode 0600.",
                refusal(new SecretSource.File(none)));
        assertEquals(
                "secret \"replicator\": the first line of " + empty + " is empty / Write the secret there.",
                refusal(new SecretSource.File(empty)));
    }

    @Test
    void readsTheEnvironment() {
        assertEquals("swordfish", text(new SecretSource.Environment("TOKEN")));
        assertEquals(
                "secret \"replicator\": the environment variable EMPTY is not set"
                        + " / Set it, or name a file in the inventory.",
                refusal(new SecretSource.Environment("EMPTY")));
    }

    @Test
    void readsWhatACommandPrintsWithoutAShell() {
        assertEquals("a $HOME; b", text(new SecretSource.Command(List.of("echo", "a $HOME; b"))));
    }

    @Test
    void tellsWhyACommandGaveNothing() {
        assertEquals(
                "secret \"replicator\": the command false exited with status 1"
                        + " / Type it yourself to see why: false",
                refusal(new SecretSource.Command(List.of("false"))));
        assertEquals(
                "secret \"replicator\": the command true printed nothing / Type it yourself to see why: true",
                refusal(new SecretSource.Command(List.of("true"))));
        assertEquals(
                "secret \"replicator\": the command no-such-program cannot be started / Is it installed, and in PATH?",
                refusal(new SecretSource.Command(List.of("no-such-program"))));
    }

    @Test
    void aCommandThatFailsDoesNotGiveItsOutputAway() {
        var refusal = refusal(
                new SecretSource.Command(List.of("sh", "-c", "echo sword''fish; echo sword''fish >&2; exit 3")));

        assertFalse(refusal.contains("swordfish"), refusal);
    }

    @Test
    void doesNotWaitForEverForACommand() {
        var command = new SecretCommand("replicator", List.of("sleep", "600"), Duration.ofMillis(200));
        var refused = assertThrows(ProblemException.class, command::read);

        assertEquals(
                "secret \"replicator\": the command sleep did not end within 200 ms",
                refused.problems().getFirst().message());
    }

    @Test
    void asksOnceAndOnlyWhenNeeded() {
        var asked = new AtomicInteger();
        SecretPrompt prompt = question -> {
            asked.incrementAndGet();
            return Optional.of(new Secret(question + "!"));
        };
        var secrets = new Secrets(Map.of("replicator", new SecretSource.Prompt("Password")), HERE, prompt);

        assertEquals(0, asked.get());
        assertEquals("Password!", secrets.find("replicator").orElseThrow().reveal(text -> text));
        assertEquals("Password!", secrets.find("replicator").orElseThrow().reveal(text -> text));
        assertEquals(1, asked.get());
        assertTrue(secrets.find("other").isEmpty());
    }

    @Test
    void whereNobodyCanBeAskedThatIsSaid() {
        assertEquals(
                "secret \"replicator\" was not typed / Run heliosctl on a terminal, or name a file in the inventory.",
                refusal(new SecretSource.Prompt("Password")));
    }

    @Test
    void aSecretPrintsAsStars() throws IOException {
        var secret = find(new SecretSource.File(file("swordfish\n", "rw-------")));

        assertEquals("***", secret.toString());
    }

    private Path file(String content, String mode) throws IOException {
        var file = Files.createTempFile(directory, "secret", "");
        Files.writeString(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static Secret find(SecretSource source) {
        return new Secrets(Map.of("replicator", source), HERE, SecretPrompt.NOBODY)
                .find("replicator")
                .orElseThrow();
    }

    private static String text(SecretSource source) {
        return find(source).reveal(text -> text);
    }

    private static String refusal(SecretSource source) {
        var refused = assertThrows(ProblemException.class, () -> find(source));
        var problem = refused.problems().getFirst();
        return problem.message() + " / " + problem.hint();
    }
}
