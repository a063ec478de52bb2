package io.heliosctl.pgbouncer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.heliosctl.model.ProblemException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Output in the form that psql 15 gives it at the console of PgBouncer 1.18.
class PsqlFrameTest {

    private final PsqlFrame frame = new PsqlFrame("heliosctl-0123");

    @Test
    void aCommandIsFollowedByTheWordThatEndsItsAnswer() {
        assertEquals("""
                SHOW POOLS;
                \\echo heliosctl-0123 :ERROR :SQLSTATE
                \\echo = :LAST_ERROR_MESSAGE
                \\echo heliosctl-0123
                """, frame.wrap(ConsoleCommand.SHOW_POOLS));
    }

    @Test
    void rowsAreReadByTheNamesOfTheirColumns() {
        assertEquals(
                new Answer.Table(List.of(
                        new Row(Map.of("list", "databases", "items", "3")),
                        new Row(Map.of("list", "users", "items", "4")))),
                answer(
                        "list\u001fitems\u001edatabases\u001f3\u001eusers\u001f4\nheliosctl-0123 false 00000\n= \nheliosctl-0123\n"));
    }

    @Test
    void aLineBreakInsideAValueIsPartOfIt() {
        assertEquals(
                new Answer.Table(List.of(new Row(Map.of("key", "auth_query", "value", "select 1,\n  2")))),
                answer(
                        "key\u001fvalue\u001eauth_query\u001fselect 1,\n  2\nheliosctl-0123 false 00000\n= \nheliosctl-0123\n"));
    }

    @Test
    void aCommandWithoutRowsIsDone() {
        assertEquals(new Answer.Table(List.of()), answer("heliosctl-0123 false 00000\n= \nheliosctl-0123\n"));
    }

    @Test
    void aHeaderAloneIsATableWithoutRows() {
        assertEquals(
                new Answer.Table(List.of()),
                answer("type\u001fuser\nheliosctl-0123 false 00000\n= \nheliosctl-0123\n"));
    }

    @Test
    void anErrorIsToldFromAnAnswerEvenAfterRows() {
        assertEquals(
                new Answer.Refused("08P01", "already suspended/paused"),
                answer("heliosctl-0123 true 08P01\n= already suspended/paused\nheliosctl-0123\n"));
    }

    @Test
    void anErrorOfThePastIsNotTakenForOneOfNow() {
        assertEquals(
                new Answer.Table(List.of()),
                answer("heliosctl-0123 false 00000\n= already suspended/paused\nheliosctl-0123\n"));
    }

    @Test
    void aMessageCannotWriteToTheTerminal() {
        assertEquals(
                new Answer.Refused("XX000", "a [31mred b"),
                answer("heliosctl-0123 true XX000\n= a \u001b[31mred\nb\nheliosctl-0123\n"));
    }

    @Test
    void aPsqlThatDoesNotKnowItsErrorsIsRefused() {
        assertEquals(
                "psql-too-old",
                assertThrows(
                                ProblemException.class,
                                () -> answer(
                                        "heliosctl-0123 :ERROR :SQLSTATE\n= :LAST_ERROR_MESSAGE\nheliosctl-0123\n"))
                        .problems()
                        .getFirst()
                        .code());
    }

    @Test
    void eachConsoleHasAWordOfItsOwn() {
        assertNotEquals(PsqlFrame.random(), PsqlFrame.random());
    }

    private Answer answer(String output) {
        Iterator<String> lines = output.lines().iterator();
        return frame.answer(lines::next);
    }
}
