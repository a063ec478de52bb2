package io.heliosctl.view;

/// Text from files and servers made harmless for a terminal: what a host prints may hold escape sequences.
public final class Printable {

    private Printable() {}

    /// The text with every control character except the tab shown as `?`.
    public static String of(String text) {
        return text.codePoints()
                .map(point -> point != '\t' && Character.isISOControl(point) ? '?' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
