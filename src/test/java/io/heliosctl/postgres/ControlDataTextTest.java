package io.heliosctl.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.ControlData;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.SystemId;
import io.heliosctl.model.Timeline;
import org.junit.jupiter.api.Test;

class ControlDataTextTest {

    /// Of PostgreSQL 15, cut down.
    private static final String RECORDED = """
            pg_control version number:            1300
            Catalog version number:               202209061
            Database system identifier:           7710483867463343520
            Database cluster state:               shut down
            pg_control last modified:             Sat Nov 21 04:55:22 2026
            Latest checkpoint location:           0/1500718
            Latest checkpoint's REDO location:    0/1500718
            Latest checkpoint's REDO WAL file:    000000010000000000000001
            Latest checkpoint's TimeLineID:       1
            Latest checkpoint's PrevTimeLineID:   1
            Latest checkpoint's full_page_writes: on
            Latest checkpoint's oldestCommitTsXid:0
            Latest checkpoint's newestCommitTsXid:0
            Time of latest checkpoint:            Sat Nov 21 04:55:22 2026
            Minimum recovery ending location:     0/0
            Min recovery ending loc's timeline:   0
            wal_level setting:                    replica
            wal_log_hints setting:                off
            max_connections setting:              100
            Data page checksum version:           0
            """;

    @Test
    void aStoppedServerIsReadWhole() {
        var control = ControlDataText.parse(RECORDED);
        assertEquals(
                new ControlData(
                        new SystemId("7710483867463343520"),
                        "shut down",
                        Lsn.parse("0/1500718"),
                        new Timeline(1),
                        false,
                        false),
                control);
        assertTrue(control.isCleanlyShutDown());
    }

    @Test
    void aStateInAnotherLanguageIsNotGuessed() {
        var german = RECORDED.replace("Database cluster state:  ", "Datenbank-Cluster-Status:");
        assertEquals("It printed no \"Database cluster state\".", detail(german));
    }

    @Test
    void aFileReadInTheMiddleOfAWriteIsNotBelieved() {
        var torn = "WARNING: Calculated CRC checksum does not match value stored in file.\n" + RECORDED;
        assertEquals(
                "pg_controldata warns: WARNING: Calculated CRC checksum does not match value stored in file.",
                detail(torn));
    }

    @Test
    void nothingAtAllIsNotBelieved() {
        assertEquals("It printed no \"Database system identifier\".", detail(""));
    }

    private static String detail(String text) {
        var e = assertThrows(ProblemException.class, () -> ControlDataText.parse(text));
        return e.problems().getFirst().detail();
    }
}
