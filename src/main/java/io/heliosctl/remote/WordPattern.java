package io.heliosctl.remote;

import java.util.List;
import java.util.Locale;

/// Names with `*`, `?` and `!`, as ssh_config(5) and sshd(8) have them (PATTERNS).
final class WordPattern {

    private WordPattern() {}

    /// Whether a name matches a list: one pattern must, and no `!pattern` may. Upper and lower case are the
    /// same.
    static boolean matches(List<String> patterns, String name) {
        boolean found = false;
        for (String pattern : patterns) {
            boolean negated = pattern.startsWith("!");
            if (matches(negated ? pattern.substring(1) : pattern, name)) {
                if (negated) {
                    return false;
                }
                found = true;
            }
        }
        return found;
    }

    private static boolean matches(String pattern, String name) {
        return matches(pattern.toLowerCase(Locale.ROOT), 0, name.toLowerCase(Locale.ROOT), 0);
    }

    private static boolean matches(String pattern, int at, String name, int from) {
        if (at == pattern.length()) {
            return from == name.length();
        }
        if (pattern.charAt(at) == '*') {
            for (int rest = from; rest <= name.length(); rest++) {
                if (matches(pattern, at + 1, name, rest)) {
                    return true;
                }
            }
            return false;
        }
        return from < name.length()
                && (pattern.charAt(at) == '?' || pattern.charAt(at) == name.charAt(from))
                && matches(pattern, at + 1, name, from + 1);
    }
}
