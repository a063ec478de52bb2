package io.heliosctl.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A box of columns as `psql` and `patronictl` draw it; a column in which no row has anything is left out.
/// Where it is too wide for the terminal, columns that can be done without are left out too, and the last one
/// is cut short.
final class Table {

    /// A column.
    ///
    /// @param number numbers are aligned to the right
    /// @param need columns of the lowest need are the first to go where there is no room
    record Column(String title, boolean number, int need) {

        /// One that always stays.
        Column(String title, boolean number) {
            this(title, number, Integer.MAX_VALUE);
        }
    }

    private static final String CUT = "...";
    private static final int SHORTEST = 12;

    private final String title;
    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String title, List<Column> columns) {
        this.title = title;
        this.columns = List.copyOf(columns);
    }

    void row(List<String> cells) {
        rows.add(cells.stream().map(Printable::of).toList());
    }

    /// The drawn table; ends with a line feed.
    ///
    /// @param room the columns of the terminal
    String draw(int room) {
        var shown = shown(room);
        var widths = shown.stream().mapToInt(this::width).toArray();
        int last = widths.length - 1;
        widths[last] = Math.max(Math.min(widths[last], SHORTEST), widths[last] - Math.max(0, total(shown) - room));
        var text = new StringBuilder();
        text.append(titled(rule(widths))).append('\n');
        text.append(line(shown, widths, columns.stream().map(Column::title).toList(), true));
        text.append(rule(widths)).append('\n');
        rows.forEach(row -> text.append(line(shown, widths, row, false)));
        return text.append(rule(widths)).append('\n').toString();
    }

    private List<Integer> shown(int room) {
        var shown = new ArrayList<Integer>();
        for (int i = 0; i < columns.size(); i++) {
            int column = i;
            if (rows.stream().anyMatch(row -> !row.get(column).isEmpty())) {
                shown.add(column);
            }
        }
        while (total(shown) > room) {
            var least = shown.stream()
                    .min(Comparator.comparingInt(column -> columns.get(column).need()))
                    .orElseThrow();
            if (columns.get(least).need() == Integer.MAX_VALUE) {
                break;
            }
            shown.removeIf(least::equals);
        }
        return shown;
    }

    private int total(List<Integer> shown) {
        return 1 + shown.stream().mapToInt(column -> width(column) + 3).sum();
    }

    private int width(int column) {
        var cells =
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        return Math.max(cells, columns.get(column).title().length());
    }

    private static String rule(int[] widths) {
        var text = new StringBuilder("+");
        for (int width : widths) {
            text.append("-".repeat(width + 2)).append('+');
        }
        return text.toString();
    }

    private String titled(String rule) {
        var label = "+ " + Printable.of(title) + " ";
        return label.length() < rule.length() ? label + rule.substring(label.length()) : label + "-+";
    }

    private static String cut(String cell, int width) {
        return cell.length() <= width ? cell : cell.substring(0, width - CUT.length()) + CUT;
    }

    private String line(List<Integer> shown, int[] widths, List<String> cells, boolean heading) {
        var text = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            var cell = cut(cells.get(shown.get(i)), widths[i]);
            var padding = " ".repeat(widths[i] - cell.length());
            var right = columns.get(shown.get(i)).number() && !heading;
            text.append(' ').append(right ? padding + cell : cell + padding).append(" |");
        }
        return text.append('\n').toString();
    }
}
