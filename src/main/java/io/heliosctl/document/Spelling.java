package io.heliosctl.document;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Guesses which word was meant.
public final class Spelling {

    private Spelling() {}

    /// The known word closest to what was typed: one slip in short words, one in three letters in longer
    /// ones.
    public static Optional<String> nearest(String typed, Collection<String> known) {
        var lower = typed.toLowerCase(Locale.ROOT);
        var limit = Math.max(1, lower.length() / 3);
        return known.stream()
                .filter(word -> distance(lower, word.toLowerCase(Locale.ROOT)) <= limit)
                .min(Comparator.comparingInt(word -> distance(lower, word.toLowerCase(Locale.ROOT))));
    }

    /// `Did you mean "host"?`, or nothing.
    public static String question(String typed, Collection<String> known) {
        return nearest(typed, known)
                .map(word -> "Did you mean \"" + word + "\"?")
                .orElse("");
    }

    /// Letters to insert, drop, replace or swap with their neighbour (optimal string alignment).
    static int distance(String from, String to) {
        var rows = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    rows[i][j] = i + j;
                    continue;
                }
                int replace = rows[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                rows[i][j] = Math.min(replace, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
                }
            }
        }
        return rows[from.length()][to.length()];
    }
}
