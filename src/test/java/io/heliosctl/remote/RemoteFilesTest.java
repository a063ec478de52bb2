package io.heliosctl.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.Bytes;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.UnknownOutcomeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files on a host, by the very scripts, in a shell of this machine.
class RemoteFilesTest {

    private static final String USER = "postgres";

    @TempDir
    private Path directory;

    private Path file;
    private BecomingRemote here;
    private RemoteFiles files;

    @BeforeEach
    void here() {
        file = directory.resolve("pgbouncer.ini");
        here = new BecomingRemote(List.of());
        files = new RemoteFiles(here);
    }

    @Test
    void aWrittenFileKeepsTheModeOfTheOldOneAndLeavesNothingBeside() throws IOException {
        Files.writeString(file, "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        files.write(file.toString(), Bytes.of("new"), USER);

        assertEquals("new", Files.readString(file));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(List.of("pgbouncer.ini"), names());
        assertEquals(2, here.roundTrips());
    }

    @Test
    void aNewFileIsForItsOwnerOnly() throws IOException {
        files.write(file.toString(), Bytes.of("secret"), USER);

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void contentIsBytesNotText() throws IOException {
        byte[] content = new byte[1 << 20];
        new Random(7).nextBytes(content);

        files.write(file.toString(), Bytes.of(content), USER);

        assertEquals(Bytes.of(content), Bytes.of(Files.readAllBytes(file)));
        assertEquals(Optional.of(Bytes.of(content)), files.read(file.toString(), USER));
    }

    @Test
    void aSymbolicLinkStaysAndItsFileIsReplaced() throws IOException {
        Path real = Files.writeString(
                Files.createDirectory(directory.resolve("real")).resolve("conf"), "old");
        Files.createSymbolicLink(file, Path.of("real/conf"));

        Staged staged = files.stage(file.toString(), Bytes.of("new"), USER);
        assertEquals(real.toString(), staged.target());
        files.commit(staged);

        assertTrue(Files.isSymbolicLink(file));
        assertEquals("new", Files.readString(real));
    }

    @Test
    void whatIsStagedIsNotYetInItsPlaceAndCanBeDiscarded() throws IOException {
        Files.writeString(file, "old");

        Staged staged = files.stage(file.toString(), Bytes.of("new"), USER);
        assertEquals("old", Files.readString(file));
        assertEquals("new", Files.readString(Path.of(staged.temporary())));

        files.discard(staged);
        assertEquals(List.of("pgbouncer.ini"), names());
    }

    @Test
    void whatWasChangedAfterStagingIsNotCommitted() throws IOException {
        Files.writeString(file, "old");
        Staged staged = files.stage(file.toString(), Bytes.of("new"), USER);
        Files.writeString(Path.of(staged.temporary()), "other");

        assertRefused("here: cannot replace " + file, () -> files.commit(staged));

        assertEquals("old", Files.readString(file));
        assertEquals(List.of("pgbouncer.ini"), names());
    }

    @Test
    void aMissingFileIsAnAnswerAndAnUnreadableOneIsNot() throws IOException {
        assertEquals(Optional.empty(), files.read(file.toString(), USER));
        assertFalse(files.exists(file.toString(), USER));

        Files.createDirectory(file);
        assertTrue(files.exists(file.toString(), USER));
        assertRefused("here: cannot read " + file, () -> files.read(file.toString(), USER));
    }

    @Test
    void aFileInAMissingDirectoryIsNotProvedToBeMissing() {
        String lost = directory.resolve("no/such").toString();

        assertRefused("here: cannot look for " + lost, () -> files.exists(lost, USER));
    }

    @Test
    void aMarkIsMadeOnceAndTakenAway() throws IOException {
        String mark = directory.resolve("standby.signal").toString();

        files.mark(mark, USER);
        files.mark(mark, USER);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(mark))));

        files.remove(mark, USER);
        files.remove(mark, USER);
        assertEquals(List.of(), names());
    }

    @Test
    void aCopyReplacesARenameDoesNot() throws IOException {
        Files.writeString(file, "content");
        String copy = directory.resolve("copy").toString();
        Files.writeString(Path.of(copy), "old copy");

        files.copy(file.toString(), copy, USER);
        assertEquals("content", Files.readString(Path.of(copy)));

        assertRefused("here: cannot rename " + file + " to " + copy, () -> files.rename(file.toString(), copy, USER));
        files.rename(file.toString(), directory.resolve("moved").toString(), USER);
        assertEquals(List.of("copy", "moved"), names());
    }

    @Test
    void aDirectoryIsWritableOrNot() {
        assertTrue(files.writable(directory.toString()));
        assertFalse(files.writable(directory.resolve("missing").toString()));
    }

    @Test
    void pathsThatMeanMoreThanOneThingAreRefused() {
        for (String path : List.of("relative", "/a/../b", "/new\nline", "/back\\slash")) {
            assertThrows(IllegalArgumentException.class, () -> files.read(path, USER));
        }
    }

    @Test
    void sudoIsAskedForExactlyTheListedCommands() throws IOException {
        Files.writeString(file, "old");
        String path = file.toString();
        String mark = directory.resolve("standby.signal").toString();
        Path log = directory.resolve("sudo.log");
        RemoteFiles asPostgres = new RemoteFiles(new BecomingRemote(List.of(sudo(
                        log,
                        Stream.of(
                                        RemoteFiles.toRead(path, USER),
                                        RemoteFiles.toReplace(path, USER),
                                        RemoteFiles.toMark(mark, USER))
                                .flatMap(List::stream)
                                .toList())
                .toString())));

        asPostgres.write(path, Bytes.of("new"), USER);
        assertEquals(Optional.of(Bytes.of("new")), asPostgres.read(path, USER));
        asPostgres.mark(mark, USER);
        asPostgres.remove(mark, USER);
    }

    @Test
    void aRefusedSudoIsNeverTakenForAMissingFile() throws IOException {
        Files.writeString(file, "old");
        Path log = directory.resolve("sudo.log");
        RemoteFiles refused =
                new RemoteFiles(new BecomingRemote(List.of(sudo(log, List.of()).toString())));

        assertRefused("here: cannot read " + file, () -> refused.read(file.toString(), USER));
        assertRefused("here: cannot look for " + file, () -> refused.exists(file.toString(), USER));
        assertRefused(
                "here: cannot write " + directory + "/.pgbouncer.ini.heliosctl",
                () -> refused.write(file.toString(), Bytes.of("new"), USER));
        assertEquals("old", Files.readString(file));
    }

    @Test
    void whicheverCommandIsRefusedTheFileIsWholeAndTheAnswerIsTrue() throws IOException {
        String path = file.toString();
        Path log = directory.resolve("sudo.log");
        for (Privilege missing : RemoteFiles.toReplace(path, USER)) {
            Files.writeString(file, "old");
            List<Privilege> others = Stream.concat(
                            RemoteFiles.toRead(path, USER).stream(), RemoteFiles.toReplace(path, USER).stream())
                    .filter(privilege -> !privilege.equals(missing))
                    .toList();
            RemoteFiles crippled =
                    new RemoteFiles(new BecomingRemote(List.of(sudo(log, others).toString())));
            try {
                crippled.write(path, Bytes.of("new"), USER);
                assertEquals("new", Files.readString(file), missing.toString());
            } catch (UnknownOutcomeException e) {
                assertEquals("new", Files.readString(file), missing.toString());
            } catch (ProblemException e) {
                assertEquals("old", Files.readString(file), missing.toString());
            }
            if (!missing.words().getFirst().equals("/usr/bin/rm")) {
                assertFalse(Files.exists(directory.resolve(".pgbouncer.ini.heliosctl")), missing.toString());
            }
        }
    }

    /// What a dry run says of a file is what is sent for it, in that order.
    @Test
    void whatChangesSomethingIsListedAsItIsSent() throws IOException {
        Files.writeString(file, "old");
        String path = file.toString();
        String copy = directory.resolve("copy").toString();
        String mark = directory.resolve("standby.signal").toString();
        var sent = sent(sudoed -> {
            sudoed.copy(path, copy, USER);
            sudoed.write(path, Bytes.of("new"), USER);
            sudoed.mark(mark, USER);
            sudoed.remove(mark, USER);
        });
        var listed = Stream.of(
                        RemoteFiles.copying(path, copy, USER),
                        RemoteFiles.replacing(path, USER),
                        RemoteFiles.marking(mark, USER),
                        RemoteFiles.removing(mark, USER))
                .flatMap(List::stream)
                .map(privilege -> String.join(" ", privilege.words()))
                .toList();
        assertEquals(listed, sent);
    }

    @Test
    void aTrialLeavesNothingBehindAndNeedsOnlyWhatIsListed() throws IOException {
        Files.writeString(file, "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Path log = directory.resolve("sudo.log");
        var allowed = RemoteFiles.toTryOut(file.toString(), USER);
        var sudoed =
                new RemoteFiles(new BecomingRemote(List.of(sudo(log, allowed).toString())));

        sudoed.tryOut(file.toString(), Bytes.of("new"), USER);

        assertEquals("old", Files.readString(file));
        assertEquals(List.of("pgbouncer.ini", "sudo", "sudoers"), names());
    }

    @Test
    void aTrialDoesNotDisturbARunThatHasStagedItsFile() throws IOException {
        Files.writeString(file, "old");
        Staged staged = files.stage(file.toString(), Bytes.of("new"), USER);

        files.tryOut(file.toString(), Bytes.of("other"), USER);
        files.commit(staged);

        assertEquals("new", Files.readString(file));
        assertEquals(List.of("pgbouncer.ini"), names());
    }

    @Test
    void aTrialWithoutAPlaceToWriteIsRefused() {
        String path = directory.resolve("missing/pgbouncer.ini").toString();
        assertRefused(
                "here: cannot write " + directory + "/missing/.pgbouncer.ini.heliosctl-trial",
                () -> files.tryOut(path, Bytes.of("new"), USER));
    }

    private List<String> sent(Consumer<RemoteFiles> work) throws IOException {
        Path log = directory.resolve("all.log");
        Path program = directory.resolve("sudo");
        Files.writeString(program, """
                #!/bin/sh
                printf '%%s\\n' "$*" >>%s
                exec "$@"
                """.formatted(log));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        work.accept(new RemoteFiles(new BecomingRemote(List.of(program.toString()))));
        return Files.readAllLines(log).stream()
                .filter(line -> !line.matches("/usr/bin/(test|cat|readlink|sha256sum) .*"))
                .toList();
    }

    /// A sudo that runs what is listed and refuses everything else, as sudo -n does: status 1.
    private Path sudo(Path log, List<Privilege> allowed) throws IOException {
        Path list = Files.write(
                directory.resolve("sudoers"),
                allowed.stream()
                        .map(privilege -> String.join("\u001f", privilege.words()))
                        .toList());
        Path program = directory.resolve("sudo");
        Files.writeString(program, """
                #!/bin/sh
                separator=$(printf '\\037')
                asked=$(IFS=$separator; printf '%%s' "$*")
                if grep -qxF -- "$asked" %s; then exec "$@"; fi
                printf '%%s\\n' "$*" >>%s
                echo "sudo: a password is required" >&2
                exit 1
                """.formatted(list, log));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program;
    }

    private static void assertRefused(String message, org.junit.jupiter.api.function.Executable action) {
        ProblemException refused = assertThrows(ProblemException.class, action);
        assertEquals(message, refused.getMessage());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
