package io.heliosctl.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.remote.LocalRemote;
import org.junit.jupiter.api.Test;

/// How many sessions a run has open on one connection.
class SessionProofTest {

    @Test
    void theUsualNumberIsEnoughForThreeProcesses() {
        assertEquals(10, SessionProof.needed(3, 1));
        assertEquals(12, SessionProof.needed(4, 1));
        assertTrue(new SessionProof(new LocalRemote("here"), 10)
                .findings()
                .problems()
                .isEmpty());
    }

    @Test
    void moreHasToBeAllowed() {
        assertFalse(SessionProof.isEnough(12, ""));
        assertFalse(SessionProof.isEnough(12, "#MaxSessions 20\n"));
        assertFalse(SessionProof.isEnough(12, "MaxSessions 11\n"));
        assertTrue(SessionProof.isEnough(12, "  maxsessions 12\n"));
        assertTrue(SessionProof.isEnough(12, "MaxSessions=20\n"));
    }

    @Test
    void itIsAWarningWithTheLineToWrite() {
        var problem = new SessionProof(new LocalRemote("here"), 999_999)
                .findings()
                .problems()
                .getFirst();
        assertEquals("too-few-sessions", problem.code());
        assertEquals("In /etc/ssh/sshd_config there: MaxSessions 999999.", problem.hint());
    }
}
