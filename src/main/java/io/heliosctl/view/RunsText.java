package io.heliosctl.view;

import io.heliosctl.model.Amounts;
import io.heliosctl.run.JournalFlaw;
import io.heliosctl.run.RunStory;
import io.heliosctl.run.Runs;
import io.heliosctl.run.Verification;
import io.heliosctl.view.Table.Column;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/// The runs there are, and whether their journals are as they were written.
public final class RunsText {

    /// The id has the time and the cluster in it already.
    private static final List<Column> COLUMNS = List.of(
            new Column("Run", false),
            new Column("Cluster", false, 1),
            new Column("Runbook", false, 3),
            new Column("When (UTC)", false, 0),
            new Column("By", false, 4),
            new Column("Took", true, 2),
            new Column("Outcome", false));

    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private RunsText() {}

    /// A table, newest first, and what to type where a run needs somebody; ends with a line feed.
    public static String list(Runs runs, Style style) {
        var text = new StringBuilder();
        if (runs.stories().isEmpty()) {
            text.append("There are no runs.\n");
        } else {
            var table = new Table("Runs", COLUMNS);
            runs.stories().forEach(story -> table.row(row(story)));
            text.append(table.draw(style.columns()));
        }
        runs.stories().forEach(story -> text.append(next(story, style)));
        for (var other : runs.unreadable()) {
            var words = "Not a run that can be read: %s. %s"
                    .formatted(other.name(), other.problem().detail());
            line(text, Printable.of(words), style);
        }
        return text.toString();
    }

    private static List<String> row(RunStory story) {
        var header = story.history().header();
        var session = story.chapters().getFirst().session();
        return List.of(
                story.id().value(),
                header.cluster(),
                header.runbook(),
                when(header.since()),
                session.user() + "@" + session.host(),
                Amounts.millis(story.took().toMillis()),
                story.flaws().isEmpty() ? story.standing().words() : "? journal broken");
    }

    static String when(Instant time) {
        return WHEN.format(time);
    }

    private static String next(RunStory story, Style style) {
        var text = new StringBuilder();
        if (!story.flaws().isEmpty()) {
            line(text, style.bad("Broken:") + " heliosctl runs verify " + story.id(), style);
        } else if (story.standing().isOpen()) {
            var words = story.standing() == RunStory.Standing.CUT_OFF ? "Cut off:" : "Unfinished:";
            line(text, style.bad(words) + " heliosctl resume " + story.id(), style);
        }
        return text.toString();
    }

    /// What was found out about some journals, a line for each and one for each flaw; ends with a line feed.
    public static String verified(List<Verification> journals, Style style) {
        var text = new StringBuilder();
        for (var journal : journals) {
            line(text, Printable.of(journal.id().value()) + ": " + verdict(journal, style), style);
            if (!journal.holds()) {
                line(text, Printable.of("  " + journal.file()), style);
            }
        }
        return text.toString();
    }

    private static String verdict(Verification journal, Style style) {
        if (journal.unreadable().isPresent()) {
            return style.bad("unreadable.") + " "
                    + Printable.of(journal.unreadable().get());
        }
        if (!journal.flaws().isEmpty()) {
            return style.bad("broken:") + " "
                    + journal.flaws().stream().map(JournalFlaw::sentence).collect(Collectors.joining(", ")) + ".";
        }
        var torn = journal.torn() ? "; one more was cut off while it was written, and does not count" : "";
        return style.good("ok,") + " %d lines%s.".formatted(journal.lines(), torn);
    }

    private static void line(StringBuilder text, String words, Style style) {
        text.append(Paragraph.of(words, style.columns(), 4)).append('\n');
    }
}
