package io.heliosctl.pgbouncer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleCommandTest {

    @Test
    void aDatabaseIsQuotedByPgbouncersRule() {
        assertEquals("KILL \"app; drop\"", ConsoleCommand.kill("app; drop").toString());
        assertEquals(
                "RESUME \"a\"\"b\\q :x\"", ConsoleCommand.resume("a\"b\\q :x").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\u0000b", "a\u001bb"})
    void aNameThatCouldEndTheLineIsRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> ConsoleCommand.kill(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1; SHUTDOWN", "-1", "1e9", "x"})
    void aTimeIsANumber(String seconds) {
        assertThrows(IllegalArgumentException.class, () -> ConsoleCommand.queryTimeout(seconds));
    }
}
