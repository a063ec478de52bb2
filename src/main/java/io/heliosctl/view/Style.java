package io.heliosctl.view;

/// How a reader wants it: coloured or not, and how many columns there are.
///
/// @param coloured whether escape sequences for colours are understood
/// @param columns of the terminal; [#ENDLESS] for a file or a pipe, whose lines are never broken
public record Style(boolean coloured, int columns) {

    /// Lines as long as they get.
    public static final int ENDLESS = Integer.MAX_VALUE;

    /// For files, pipes and logs.
    public static final Style PLAIN = new Style(false, ENDLESS);

    String bold(String text) {
        return wrap("1", text);
    }

    String faint(String text) {
        return wrap("2", text);
    }

    String good(String text) {
        return wrap("32", text);
    }

    String warning(String text) {
        return wrap("33", text);
    }

    String bad(String text) {
        return wrap("31", text);
    }

    private String wrap(String code, String text) {
        return !coloured || text.isEmpty() ? text : "\033[" + code + "m" + text + "\033[0m";
    }
}
