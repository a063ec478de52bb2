package io.heliosctl.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When systemd-logind ends the processes of a login user with the connection. `/` stands for the end of a
/// line.
class LogindProofTest {

    @ParameterizedTest
    @CsvSource({
        "true, heliosctl/b true/as 0/as 1 \"root\"",
        "true, heliosctl/b true/as 1 \"heliosctl\"/as 0",
        "false, heliosctl/b false/as 0/as 1 \"root\"",
        "false, heliosctl/b true/as 0/as 2 \"root\" \"heliosctl\"",
        "false, heliosctl/b true/as 1 \"guest\"/as 0",
        "false, root/b true/as 0/as 1 \"root\"",
        // No logind on its bus, or no systemd at all.
        "false, heliosctl///",
        "false, ''",
    })
    void isToldByItsProperties(boolean killed, String said) {
        assertEquals(killed, LogindProof.isKilled(said.replace('/', '\n')));
    }
}
