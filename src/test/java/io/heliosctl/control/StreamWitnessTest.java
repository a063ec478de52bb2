package io.heliosctl.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.model.Sighting.Answer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// When a walreceiver's silence says something about its primary.
class StreamWitnessTest {

    private static final Duration WATCHED = Duration.ofMillis(2500);
    private static final long TIMEOUT = 60_000;

    @Test
    void aMessageThatCameMeanwhileProvesThatItLives() {
        assertEquals(Answer.ALIVE, answer("streaming", 2_400L, TIMEOUT));
    }

    /// It writes nothing, and nobody has asked it for an answer yet.
    @Test
    void theSilenceOfAnIdlePrimaryProvesNothing() {
        assertEquals(Answer.UNKNOWN, answer("streaming", 2_600L, TIMEOUT));
        assertEquals(Answer.UNKNOWN, answer("streaming", 34_000L, TIMEOUT));
    }

    @Test
    void whoWasAskedAndDidNotAnswerIsSilent() {
        assertEquals(Answer.SILENT, answer("streaming", 36_000L, TIMEOUT));
        assertEquals(Answer.SILENT, answer("streaming", 7_000L, 2_000L));
    }

    @Test
    void withoutATimeoutNobodyIsAsked() {
        assertEquals(Answer.UNKNOWN, answer("streaming", 3_600_000L, 0L));
        assertEquals(Answer.UNKNOWN, answer("streaming", 3_600_000L, null));
    }

    @Test
    void whoCannotConnectIsAskedInVain() {
        assertEquals(Answer.SILENT, answer("starting", null, TIMEOUT));
    }

    /// Such as a role that may not see it, or a walreceiver that waits for the startup process.
    @Test
    void whatCannotBeSeenProvesNothing() {
        assertEquals(Answer.UNKNOWN, answer(null, null, TIMEOUT));
        assertEquals(Answer.UNKNOWN, answer("waiting", 100L, TIMEOUT));
    }

    private static Answer answer(String status, Long age, Long timeout) {
        Map<String, Object> row = new HashMap<>();
        row.put("status", status);
        row.put("age_ms", age);
        row.put("timeout_ms", timeout);
        return new StreamWitness("pgdb2").judged(row, WATCHED).answer();
    }
}
