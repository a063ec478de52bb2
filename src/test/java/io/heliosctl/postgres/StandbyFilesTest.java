package io.heliosctl.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.remote.BecomingRemote;
import io.heliosctl.remote.RemoteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a standby follows another server by, written ahead of time.
class StandbyFilesTest {

    private static final String OWN = "work_mem = '7MB'\n";
    private static final String FOLLOWS =
            "primary_conninfo = 'host=10.0.0.2 port=5432 user=replicator'\nprimary_slot_name = ''\n";
    private static final RecoverySettings SETTINGS = RecoverySettings.parse(FOLLOWS);

    @TempDir
    private Path directory;

    private Path configuration;
    private Path beside;
    private StandbyFiles files;

    @BeforeEach
    void write() throws IOException {
        configuration = Files.writeString(directory.resolve("postgresql.auto.conf"), OWN);
        beside = directory.resolve(".postgresql.auto.conf.heliosctl");
        files = new StandbyFiles("postgres", directory.toString(), new RemoteFiles(new BecomingRemote(List.of())));
    }

    @Test
    void hasNoEffectBeforeItIsWanted() throws IOException {
        files.stage(SETTINGS);
        assertEquals(OWN, Files.readString(configuration));
        assertEquals(OWN + FOLLOWS, Files.readString(beside));

        files.change(SETTINGS);

        assertEquals(OWN + FOLLOWS, Files.readString(configuration));
        assertFalse(Files.exists(beside));
    }

    @Test
    void doesNotTakeBackWhatSomebodyHasChangedSince() throws IOException {
        files.stage(SETTINGS);
        Files.writeString(configuration, "jit = 'off'\n", StandardOpenOption.APPEND);

        files.change(SETTINGS);

        assertEquals(OWN + "jit = 'off'\n" + FOLLOWS, Files.readString(configuration));
        assertFalse(Files.exists(beside));
    }

    @Test
    void nothingIsLeftOfWhatWasNotWanted() throws IOException {
        files.stage(SETTINGS);
        assertTrue(Files.exists(beside));

        files.discard();

        assertFalse(Files.exists(beside));
        assertEquals(OWN, Files.readString(configuration));
    }
}
