package io.heliosctl.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.NodeState.Facts;
import io.heliosctl.model.NodeState.Identity;
import io.heliosctl.model.NodeState.Primary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which of two primaries the timelines speak for.
class SuccessionTest {

    private static final NodeName PG1 = new NodeName("pgdb1");
    private static final NodeName PG2 = new NodeName("pgdb2");
    private static final String SECOND = "1\t0/3000148\tno recovery target specified\n";
    private static final String THIRD = SECOND + "\n2\t0/5000000\tno recovery target specified\n";

    @Test
    void theOneThatForkedOffTheOther() {
        for (var names : List.of(List.of(PG1, PG2), List.of(PG2, PG1))) {
            var succession = judged(names, Map.of(PG1, "0/4000000", PG2, "0/3000150"), Map.of(PG2, history(2, SECOND)));
            assertEquals(new Succession(PG2, ""), succession, "whoever answered first, and whoever is further");
        }
    }

    @Test
    void twoForksLater() {
        var succession = judged(
                List.of(PG1, PG2),
                Map.of(PG1, "0/6000000", PG2, "0/6000000"),
                Map.of(PG1, history(3, THIRD), PG2, history(2, SECOND)));
        assertEquals(new Succession(PG1, ""), succession);
        assertEquals(Optional.of(Lsn.parse("0/3000148")), history(3, THIRD).left(new Timeline(1)));
    }

    @Test
    void onTheSameTimelineNobody() {
        var succession = judged(List.of(PG1, PG2), Map.of(PG1, "0/4000000", PG2, "0/3000150"), Map.of());
        assertTrue(succession.objection().contains("both write timeline 1"), succession.objection());
    }

    @Test
    void ofTwoThatForkedOffAThirdNobody() {
        var succession = judged(
                List.of(PG1, PG2),
                Map.of(PG1, "0/4000000", PG2, "0/4000000"),
                Map.of(PG1, history(3, "1\t0/3000200\t-\n"), PG2, history(2, SECOND)));
        assertEquals("timeline 3 of pgdb1 did not fork off timeline 2 of pgdb2", succession.objection());
    }

    /// Both were promoted to timeline 2, each for itself, and one of them once more.
    @Test
    void aNumberThatWasGivenTwiceDeceivesNobody() {
        var other = "1\t0/3000999\tno recovery target specified\n";
        assertFalse(history(3, THIRD).continues(history(2, other)));
        assertTrue(history(3, THIRD).continues(history(2, SECOND)));
    }

    @Test
    void oneThatIsBeforeTheForkIsAnotherCopy() {
        var succession =
                judged(List.of(PG1, PG2), Map.of(PG1, "0/3000100", PG2, "0/4000000"), Map.of(PG2, history(2, SECOND)));
        assertTrue(succession.objection().contains("another copy"), succession.objection());
    }

    @Test
    void whatIsNoHistoryIsNotReadAsOne() {
        assertThrows(IllegalArgumentException.class, () -> history(2, "one\t0/3000148\n"));
        assertThrows(IllegalArgumentException.class, () -> history(2, "1\n"));
        assertEquals(List.of(), history(2, "# nothing\n\n").switches());
    }

    private static TimelineHistory history(int timeline, String text) {
        return TimelineHistory.parse(new Timeline(timeline), text);
    }

    private static Succession judged(
            List<NodeName> names, Map<NodeName, String> written, Map<NodeName, TimelineHistory> histories) {
        var primaries = new LinkedHashMap<NodeName, Primary>();
        var all = new LinkedHashMap<NodeName, TimelineHistory>();
        for (var name : names) {
            var history = histories.getOrDefault(name, TimelineHistory.first(new Timeline(1)));
            all.put(name, history);
            var identity = new Identity(
                    new SystemId("7277694203142172922"), history.timeline(), new ServerVersion(150_018), "/data", 5432);
            var facts = new Facts(Map.of(), false, 0, List.of(), List.of(), Optional.empty());
            primaries.put(name, new Primary(identity, Lsn.parse(written.get(name)), List.of(), List.of(), facts));
        }
        return Succession.of(primaries, all);
    }
}
