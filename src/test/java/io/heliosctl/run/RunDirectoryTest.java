package io.heliosctl.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs are kept where their owner alone can read and write, or not at all.
class RunDirectoryTest {

    @TempDir
    private Path temporary;

    private RunDirectory runs;

    @BeforeEach
    void place() {
        runs = Journals.directory(temporary);
    }

    @Test
    void whatIsMadeIsForItsOwnerAlone() throws IOException {
        Journals.switchover(runs, Journals.ID);

        assertEquals("rw-------", mode(runs.journal(Journals.ID)));
        for (var directory :
                new Path[] {runs.of(Journals.ID), runs.path(), runs.path().getParent()}) {
            assertEquals("rwx------", mode(directory));
        }
    }

    @Test
    void aDirectoryOthersCanGetAtIsRefused() throws IOException {
        Journals.switchover(runs, Journals.ID);
        for (var directory : new Path[] {runs.path(), runs.path().getParent()}) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-x---"));

            var problem = refused();

            assertEquals("Its mode is 0750: others can get at it.", problem.detail());
            assertEquals("chmod 700 " + directory, problem.hint());
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
        runs.check();
    }

    @Test
    void aJournalOthersCanGetAtIsNotActedOn() throws IOException {
        Journals.switchover(runs, Journals.ID);
        var before = Journals.bytes(runs).length;
        for (var path : new Path[] {runs.journal(Journals.ID), runs.of(Journals.ID)}) {
            var right = Files.getPosixFilePermissions(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));

            assertRefused(() -> JournalReader.read(runs, Journals.ID));
            assertRefused(() -> Journals.reopen(runs).close());
            Files.setPosixFilePermissions(path, right);
        }
        assertEquals(before, Journals.bytes(runs).length);
    }

    @Test
    void symbolicLinksAreNotFollowed() throws IOException {
        Journals.switchover(runs, Journals.ID);
        var real = temporary.resolve("real");
        for (var path : new Path[] {
            runs.journal(Journals.ID),
            runs.of(Journals.ID),
            runs.path(),
            runs.path().getParent()
        }) {
            Files.move(path, real);
            Files.createSymbolicLink(path, real);

            assertRefused(() -> JournalReader.read(runs, Journals.ID));
            assertRefused(() -> Journals.reopen(runs).close());
            Files.delete(path);
            Files.move(real, path);
        }
        assertEquals(Journals.ID, JournalReader.read(runs, Journals.ID).id());
    }

    /// Whatever the name of the user says: the number counts.
    @Test
    void aDirectoryOfSomebodyElseIsRefused() throws IOException {
        Journals.switchover(runs, Journals.ID);
        var mine = (Integer) Files.getAttribute(runs.path(), "unix:uid");
        Assumptions.assumeTrue(mine == 0, "only root can give a directory away");
        for (var path : new Path[] {runs.path(), runs.of(Journals.ID), runs.journal(Journals.ID)}) {
            Files.setAttribute(path, "unix:uid", 54321);

            var problem = assertRefused(() -> JournalReader.read(runs, Journals.ID));

            assertEquals("It belongs to user id 54321, and this runs as 0.", problem.detail());
            Files.setAttribute(path, "unix:uid", 0);
        }
    }

    @Test
    void nothingIsMadeInARefusedDirectory() throws IOException {
        Files.createDirectories(
                runs.path(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.setPosixFilePermissions(runs.path(), PosixFilePermissions.fromString("rwxrwx---"));

        assertRefused(() -> Journals.create(runs).close());

        assertFalse(Files.exists(runs.of(Journals.ID)));
    }

    @Test
    void ofOneNameThereIsOneRun() {
        Journals.create(runs).close();
        var before = Journals.bytes(runs).length;

        var problem = assertThrows(
                        ProblemException.class, () -> Journals.create(runs).close())
                .problems()
                .getFirst();

        assertEquals("journal-unwritable", problem.code());
        assertEquals(before, Journals.bytes(runs).length);
    }

    private Problem refused() {
        return assertRefused(() ->
                Journals.create(runs, new RunId("20261120T031208Z-main-0000")).close());
    }

    private static Problem assertRefused(Runnable attempt) {
        var problem =
                assertThrows(ProblemException.class, attempt::run).problems().getFirst();
        assertEquals("state-unsafe", problem.code());
        assertTrue(!problem.hint().isEmpty());
        return problem;
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
