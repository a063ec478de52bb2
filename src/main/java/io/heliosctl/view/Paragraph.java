package io.heliosctl.view;

/// Text broken into lines at spaces, where a terminal would break it anywhere.
final class Paragraph {

    private Paragraph() {}

    /// The text in lines of at most that many columns, each but the first indented; a longer word stays whole.
    /// Ends without a line feed.
    ///
    /// @param text one line, printable; it may begin with spaces
    /// @param indent how far the second line and the later ones are indented
    static String of(String text, int columns, int indent) {
        var result = new StringBuilder();
        var rest = text;
        while (rest.length() > columns) {
            var from = result.isEmpty() ? rest.length() - rest.stripLeading().length() : indent;
            var end = rest.lastIndexOf(' ', columns);
            if (end <= from) {
                end = rest.indexOf(' ', Math.max(from, columns));
            }
            if (end < 0) {
                break;
            }
            result.append(rest.substring(0, end).stripTrailing()).append('\n');
            rest = " ".repeat(indent) + rest.substring(end).strip();
        }
        return result.append(rest).toString();
    }
}
