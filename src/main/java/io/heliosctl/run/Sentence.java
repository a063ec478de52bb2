package io.heliosctl.run;

/// Reasons that others have given, as sentences.
final class Sentence {

    private Sentence() {}

    /// The text with one full stop, or whatever else it ends with.
    static String of(String text) {
        var stripped = text.strip();
        return stripped.endsWith(".") || stripped.endsWith("?") || stripped.endsWith("!") ? stripped : stripped + ".";
    }

    /// `1 segment`, `2 segments`.
    static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
