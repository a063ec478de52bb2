package io.heliosctl.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LsnTest {

    @Test
    void isOrderedAsANumberNotAsText() {
        assertTrue(Lsn.parse("0/10000000").isPast(Lsn.parse("0/9000000")));
    }

    @Test
    void isUnsigned() {
        assertTrue(Lsn.parse("FFFFFFFF/0").isPast(Lsn.parse("7FFFFFFF/FFFFFFFF")));
    }

    @Test
    void saysHowFarBehindItIs() {
        assertEquals(0x100000000L - 0xFFFFFFF0L, Lsn.parse("0/FFFFFFF0").bytesBehind(Lsn.parse("1/0")));
        assertEquals(0, Lsn.parse("1/0").bytesBehind(Lsn.parse("0/FFFFFFF0")));
    }

    @Test
    void isNotPastItself() {
        assertFalse(Lsn.parse("16/B374D848").isPast(Lsn.parse("16/b374d848")));
    }

    @Test
    void readsWhatItPrints() {
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            var lsn = new Lsn(random.nextLong());
            assertEquals(lsn, Lsn.parse(lsn.toString()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0/", "/0", "0/123456789", "-1/0", "0/0 ", "0/G", "0x0/0"})
    void refusesEverythingElse(String text) {
        assertThrows(IllegalArgumentException.class, () -> Lsn.parse(text));
    }
}
