package io.heliosctl.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.Bytes;
import io.heliosctl.model.Problem;
import io.heliosctl.run.JournalFlaw.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No line of a journal is changed, dropped or moved unseen, and the one that was is named.
class JournalChainTest {

    @TempDir
    private Path temporary;

    private RunDirectory runs;

    @BeforeEach
    void write() {
        runs = Journals.directory(temporary);
        try (var journal = Journals.create(runs)) {
            var step = Journals.plan().steps().getFirst();
            journal.begin(step, step.parts(), false);
            journal.ended(
                    new Outcome.Unfinished(List.of(Problem.error("x", "naïve ☃").detail("\u0000\n"))));
        }
        Journals.reopen(runs).close();
    }

    @Test
    void eachLineCarriesTheSumOfTheOneBeforeAsSha256sumPrintsIt() {
        var lines = lines();
        for (int i = 1; i < lines.size(); i++) {
            assertTrue(
                    text(lines.get(i)).contains("\"prev\":\"" + lines.get(i - 1).sha256() + "\""));
        }
        assertFalse(text(lines.getFirst()).contains("\"prev\""));
        assertTrue(verify().holds());
        assertEquals(lines.getLast().sha256(), verify().head());
    }

    @Test
    void everyChangeOfOneByteIsFoundInItsLine() {
        var whole = Journals.bytes(runs);
        int line = 1;
        for (int i = 0; i < whole.length - 1; i++) {
            for (int bit : new int[] {1, 2, 4, 8, 16, 32, 64, 128}) {
                var changed = whole.clone();
                changed[i] ^= (byte) bit;
                var flaws = JournalFile.of(changed).flaws();
                assertFalse(flaws.isEmpty(), "byte " + i + ", bit " + bit);
                assertEquals(new JournalFlaw(line, Kind.CHANGED), flaws.getFirst());
            }
            line += whole[i] == '\n' ? 1 : 0;
        }
    }

    @Test
    void aLineThatIsGoneIsMissed() {
        var lines = lines();
        for (int i = 1; i < lines.size() - 1; i++) {
            var left = new ArrayList<>(lines);
            left.remove(i);
            assertEquals(List.of(new JournalFlaw(i + 1, Kind.MISSING)), JournalChain.verify(left));
        }
        assertEquals(
                new JournalFlaw(1, Kind.MISSING),
                JournalChain.verify(lines.subList(1, 4)).getFirst());
    }

    @Test
    void linesThatChangedPlacesAreNamed() {
        for (int i = 0; i < lines().size(); i++) {
            for (int j = i + 1; j < lines().size(); j++) {
                var lines = new ArrayList<>(lines());
                Collections.swap(lines, i, j);
                var flaws = JournalChain.verify(lines);
                assertTrue(flaws.contains(new JournalFlaw(i + 1, Kind.MOVED)), i + " and " + j + ": " + flaws);
            }
        }
    }

    @Test
    void aLineOfAnotherJournalAndOneWrittenTwiceAreFound() {
        var twice = new ArrayList<>(lines());
        twice.add(2, twice.get(1));
        assertEquals(List.of(new JournalFlaw(3, Kind.MOVED)), JournalChain.verify(twice));

        var other = new RunId("20261120T031208Z-main-0000");
        Journals.switchover(runs, other);
        var foreign = new ArrayList<>(lines());
        foreign.set(1, JournalFile.of(bytes(other)).lines().get(1));
        assertEquals(
                new JournalFlaw(2, Kind.MISSING), JournalChain.verify(foreign).getFirst());
    }

    /// An editor's favourite: the same meaning in other bytes.
    @Test
    void theSameMeaningInOtherBytesIsAChange() {
        var changed = new ArrayList<>(lines());
        changed.set(1, Bytes.of(text(changed.get(1)).replace("\"step\":1", "\"step\": 1")));
        assertEquals(List.of(new JournalFlaw(2, Kind.CHANGED)), JournalChain.verify(changed));
    }

    @Test
    void aTornLastLineIsOnlyThat() {
        var whole = Journals.bytes(runs);
        Journals.write(runs, Arrays.copyOf(whole, whole.length - 1));

        var verified = verify();

        assertTrue(verified.holds());
        assertTrue(verified.torn());
        assertEquals(lines().size(), verified.lines());
    }

    private Verification verify() {
        return Verification.of(runs, Journals.ID);
    }

    private List<Bytes> lines() {
        return JournalFile.of(Journals.bytes(runs)).lines();
    }

    private byte[] bytes(RunId id) {
        try {
            return Files.readAllBytes(runs.journal(id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Bytes line) {
        return new String(line.toArray(), StandardCharsets.UTF_8);
    }
}
