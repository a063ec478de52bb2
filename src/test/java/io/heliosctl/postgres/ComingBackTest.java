package io.heliosctl.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.Lsn;
import io.heliosctl.model.Timeline;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is read of a server that comes back: histories, control files, what pg_rewind says.
class ComingBackTest {

    private static final String HISTORY = """
            1\t0/3000A00\tno recovery target specified

            2\t16/B374D848\tno recovery target specified
            """;

    @Test
    void aHistoryTellsWhereEachTimelineWasLeft() {
        var history = TimelineHistory.parse(new Timeline(3), HISTORY);
        assertEquals(Optional.of(Lsn.parse("0/3000A00")), history.left(new Timeline(1)));
        assertEquals(Optional.of(Lsn.parse("16/B374D848")), history.left(new Timeline(2)));
        assertEquals(Optional.empty(), history.left(new Timeline(3)));
    }

    @Test
    void aStandbysWalGoesToWhereItsRecoveryHasEnded() {
        var control = "Latest checkpoint location: 0/3000060\nMinimum recovery ending location: %s\n";
        assertEquals(Lsn.parse("0/3000100"), ControlDataText.endOfWal(control.formatted("0/3000100")));
        assertEquals(Lsn.parse("0/3000060"), ControlDataText.endOfWal(control.formatted("0/0")));
    }

    /// As pg_rewind 15 prints it.
    @Test
    void aTrialTellsWhatWouldBeCopied() {
        var trial = RewindTrial.parse(0, """
                pg_rewind: connected to server
                pg_rewind: servers diverged at WAL location 0/4124000 on timeline 1
                pg_rewind: rewinding from last common checkpoint at 0/2000098 on timeline 1
                pg_rewind: need to copy 70 MB (total source directory size is 85 MB)
                pg_rewind: Done!
                """);
        assertEquals(new RewindTrial.Works(70L << 20), trial);
        assertEquals(
                new RewindTrial.NotNeeded(),
                RewindTrial.parse(0, "pg_rewind: connected to server\npg_rewind: no rewind required\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pg_rewind: error: could not fetch file list: ERROR:  permission denied for function pg_ls_dir",
                "pg_rewind: error: connection to server at \"10.0.1.12\", port 5432 failed: fe_sendauth: no password supplied",
                "sudo: a password is required"
            })
    void whatCanBeMendedIsToldFromWhatCannot(String said) {
        var refused = assertInstanceOf(RewindTrial.Refused.class, RewindTrial.parse(1, said + "\n"));
        assertTrue(said.endsWith(refused.reason()), refused.reason());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pg_rewind: error: target server needs to use either data checksums or \"wal_log_hints = on\"",
                "pg_rewind: error: could not find previous WAL record at 0/3000028: could not open file"
            })
    void whatCannotBeMendedIsImpossible(String said) {
        assertInstanceOf(RewindTrial.Impossible.class, RewindTrial.parse(1, said + "\n"));
    }

    @Test
    void itIsKnownWhetherPgRewindHasBegunToChangeFiles() {
        assertTrue(Rewind.hasChanged("pg_rewind: need to copy 70 MB (total source directory size is 85 MB)\n"));
        assertTrue(Rewind.hasChanged("  1024/71680 kB (1%) copied\n"));
        assertEquals(false, Rewind.hasChanged("pg_rewind: connected to server\npg_rewind: error: no\n"));
    }
}
