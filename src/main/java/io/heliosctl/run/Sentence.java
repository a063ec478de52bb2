package io.heliosctl.run;

import java.util.Locale;

/// Reasons that others have given, as sentences.
final class Sentence {

    private Sentence() {}

    /// The text with one full stop, or whatever else it ends with.
    static String of(String text) {
        var stripped = text.strip();
        return stripped.endsWith(".") || stripped.endsWith("?") || stripped.endsWith("!") ? stripped : stripped + ".";
    }

    /// The text with a capital letter in front.
    static String capital(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /// `1 segment`, `2 segments`.
    static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
