package io.heliosctl.view;

import io.heliosctl.run.History;
import io.heliosctl.run.Prospect;
import io.heliosctl.run.Prospect.Prospects;

/// What going on with a run would mean, before it is asked for.
public final class ProspectText {

    private static final int INDENT = 18;

    private ProspectText() {}

    /// Ends with a line feed.
    public static String of(History history, Prospects prospects, Style style) {
        var header = history.header();
        var text = new StringBuilder();
        text.append(style.bold("Run %s: %s of %s".formatted(history.id(), header.runbook(), header.cluster())))
                .append('\n')
                .append("Begun by %s at %s%s\n"
                        .formatted(
                                Printable.of(header.user()),
                                header.since(),
                                header.reason().isEmpty() ? "." : ": " + Printable.of(header.reason())))
                .append(prospects.backwards() ? "It is taken back.\n\n" : "It goes on forwards.\n\n");
        if (prospects.steps().isEmpty()) {
            text.append("No step has to be made.\n");
        }
        prospects.steps().forEach(prospect -> text.append(line(prospect, style)));
        return text.toString();
    }

    private static String line(Prospect prospect, Style style) {
        var number = prospect.step().number();
        var words = prospect.standing().words();
        var mark = switch (prospect.standing()) {
            case MADE -> style.good("%-9s".formatted(words));
            case IN_DOUBT -> style.bad("%-9s".formatted(words));
            case TO_MAKE, TO_TAKE_BACK -> "%-9s".formatted(words);
        };
        var text = "  %3s %s  %s%n"
                .formatted(
                        number == 0 ? "" : number + ".", mark, prospect.step().name());
        return prospect.detail().isEmpty()
                ? text
                : text
                        + Paragraph.of(" ".repeat(INDENT) + Printable.of(prospect.detail()), style.columns(), INDENT)
                        + "\n";
    }
}
