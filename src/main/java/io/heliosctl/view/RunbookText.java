package io.heliosctl.view;

import io.heliosctl.runbook.Runbook;
import io.heliosctl.view.Table.Column;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Lists of runbooks.
public final class RunbookText {

    private static final List<Column> COLUMNS = List.of(
            new Column("Runbook", false),
            new Column("Danger", false),
            new Column("Parameters", false),
            new Column("Found", false));

    private RunbookText() {}

    /// A table with a sentence for each; ends with a line feed.
    public static String list(List<Runbook> runbooks) {
        var table = new Table("Runbooks", COLUMNS);
        var sentences = new StringBuilder();
        for (var runbook : runbooks) {
            table.row(List.of(
                    runbook.name(),
                    runbook.danger().name().toLowerCase(Locale.ROOT),
                    String.join(" ", runbook.parameters().keySet()),
                    runbook.origin()));
            sentences.append("%s: %s\n".formatted(runbook.name(), Printable.of(runbook.summary())));
        }
        return table.draw(Style.ENDLESS) + sentences;
    }

    /// The same as plain values.
    public static Map<String, Object> json(List<Runbook> runbooks) {
        var json = new LinkedHashMap<String, Object>();
        json.put("schema", "heliosctl.runbooks.v1");
        json.put("runbooks", runbooks.stream().map(RunbookText::json).toList());
        return json;
    }

    private static Map<String, Object> json(Runbook runbook) {
        var json = new LinkedHashMap<String, Object>();
        json.put("name", runbook.name());
        json.put("summary", runbook.summary());
        json.put("danger", runbook.danger().name().toLowerCase(Locale.ROOT));
        json.put("parameters", List.copyOf(runbook.parameters().keySet()));
        json.put("origin", runbook.origin());
        return json;
    }
}
