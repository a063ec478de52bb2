package io.heliosctl.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A command that a host's sudoers file must allow: one exact argument vector, run as one OS user.
///
/// @param user the OS user that it runs as
/// @param words the program by absolute path, and its arguments
/// @param digits how many upper-case hexadecimal digits follow the last word, as in the name of a WAL segment; sudo
///     allows every combination of that many digits, and nothing longer
public record Privilege(String user, List<String> words, int digits) {

    /// What sudoers(5) gives a meaning to in a command: separators, comments and the wildcards of fnmatch(3).
    private static final String SPECIAL = "\\,:=#*?[]!";

    private static final String DIGIT = "[0-9A-F]";

    public Privilege {
        words = List.copyOf(words);
    }

    public Privilege(String user, List<String> words) {
        this(user, words, 0);
    }

    /// One of the commands that this allows.
    ///
    /// @throws IllegalArgumentException unless these are the digits it stands for
    public Privilege with(String those) {
        if (!those.matches("[0-9A-F]{" + digits + "}")) {
            throw new IllegalArgumentException("not %d hexadecimal digits: %s".formatted(digits, those));
        }
        var all = new ArrayList<>(words);
        all.set(all.size() - 1, all.getLast() + those);
        return new Privilege(user, all);
    }

    /// The command itself, or any one of those it allows.
    public Privilege sample() {
        return digits == 0 ? this : with("0".repeat(digits));
    }

    /// The command as sudoers(5) spells it: every special character escaped, so that it allows these words
    /// only. A set of characters in brackets stands for exactly one.
    public String inSudoers() {
        return words.stream().map(Privilege::escape).collect(Collectors.joining(" ")) + DIGIT.repeat(digits);
    }

    private static String escape(String word) {
        return word.chars()
                .mapToObj(character -> SPECIAL.indexOf(character) >= 0 || Character.isWhitespace(character)
                        ? "\\" + (char) character
                        : String.valueOf((char) character))
                .collect(Collectors.joining());
    }
}
