package io.heliosctl.remote;

import java.util.List;
import java.util.stream.Collectors;

/// A command that a host's sudoers file must allow: one exact argument vector, run as one OS user.
///
/// @param user the OS user that it runs as
/// @param words the program by absolute path, and its arguments
public record Privilege(String user, List<String> words) {

    /// What sudoers(5) gives a meaning to in a command: separators, comments and the wildcards of fnmatch(3).
    private static final String SPECIAL = "\\,:=#*?[]!";

    public Privilege {
        words = List.copyOf(words);
    }

    /// The command as sudoers(5) spells it: every special character escaped, so that it allows these words
    /// only.
    public String inSudoers() {
        return words.stream().map(Privilege::escape).collect(Collectors.joining(" "));
    }

    private static String escape(String word) {
        return word.chars()
                .mapToObj(character -> SPECIAL.indexOf(character) >= 0 || Character.isWhitespace(character)
                        ? "\\" + (char) character
                        : String.valueOf((char) character))
                .collect(Collectors.joining());
    }
}
