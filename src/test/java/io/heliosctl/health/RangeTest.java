package io.heliosctl.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The table of the Monitoring Plugins Development Guidelines, and PostgreSQL's units.
class RangeTest {

    @ParameterizedTest
    @CsvSource({
        "10, -1, true",
        "10, 0, false",
        "10, 10, false",
        "10, 10.5, true",
        "10:, 9, true",
        "10:, 10, false",
        "10:, 100000, false",
        "~:10, -5, false",
        "~:10, 11, true",
        "10:20, 9, true",
        "10:20, 20, false",
        "10:20, 21, true",
        "@10:20, 10, true",
        "@10:20, 20, true",
        "@10:20, 21, false",
        "16MB, 16777216, false",
        "16MB, 16777217, true",
        "1kB:1 GB, 1000, true"
    })
    void alertsWhereTheGuidelinesDo(String text, double value, boolean alert) {
        assertEquals(alert, Range.parse(text, Metric.LAG).orElseThrow().alerts(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ":", "@", "abc", "20:10", "1:2:3", "10m", "-5", "@~", "1e9", "16mb", "٣"})
    void refusesWhatIsNone(String text) {
        assertTrue(Range.parse(text, Metric.LAG).isEmpty(), text);
    }

    @ParameterizedTest
    @CsvSource({"10, 10", "10:, 10:", "~:10, ~:10", "10:20, 10:20", "@10:20, @10:20", "2min, 120", "500ms, 0.5"})
    void isTextThatMeansTheSame(String text, String plain) {
        assertEquals(plain, Range.parse(text, Metric.MAXWAIT).orElseThrow().toString());
        assertEquals(Range.parse(text, Metric.MAXWAIT), Range.parse(plain, Metric.MAXWAIT));
    }

    @Test
    void aNumberOfThingsHasNoUnit() {
        assertTrue(Range.parse("2s", Metric.STANDBYS).isEmpty());
    }
}
