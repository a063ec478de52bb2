package io.heliosctl.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.ProblemException;
import io.heliosctl.model.ServerVersion;
import org.junit.jupiter.api.Test;

class DialectTest {

    @Test
    void aNewUpstreamNeedsARestartOnTwelveOnly() {
        assertFalse(of(120022).followsByReload());
        assertTrue(of(130000).followsByReload());
        assertTrue(of(180001).followsByReload());
    }

    @Test
    void aPauseOfReplayIsToldMorePreciselyFromFourteenOn() {
        assertTrue(of(130023).replayPauseState().contains("pg_is_wal_replay_paused()"));
        assertEquals("pg_get_wal_replay_pause_state()", of(140000).replayPauseState());
        assertEquals("pg_get_wal_replay_pause_state()", of(180000).replayPauseState());
    }

    @Test
    void anOlderServerIsRefusedInWords() {
        var e = assertThrows(ProblemException.class, () -> of(110022));
        assertEquals("PostgreSQL 11 is too old", e.getMessage());
    }

    private static Dialect of(int number) {
        return Dialect.of(new ServerVersion(number));
    }
}
