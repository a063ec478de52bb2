package io.heliosctl.remote;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A command that a host's sudoers file must allow: one exact argument vector, run as one OS user.
///
/// @param user the OS user that it runs as
/// @param words the program by absolute path, and its arguments
/// @param varying the places of the words whose digits may be any others
public record Privilege(String user, List<String> words, Set<Integer> varying) {

    /// One digit, decimal or hexadecimal, to fnmatch(3): no blank, no slash, and exactly one.
    private static final String DIGIT = "[0-9A-F]";

    /// What sudoers(5) gives a meaning to in a command: separators, comments and the wildcards of fnmatch(3).
    private static final String SPECIAL = "\\,:=#*?[]!";

    public Privilege {
        words = List.copyOf(words);
        varying = Set.copyOf(varying);
    }

    /// With exactly these words.
    public Privilege(String user, List<String> words) {
        this(user, words, Set.of());
    }

    /// The same with any other digits in the word at that place, as many as there are.
    public Privilege varying(int place) {
        var places = new TreeSet<>(varying);
        places.add(place);
        return new Privilege(user, words, places);
    }

    /// The command as sudoers(5) spells it: every special character escaped, so that it allows these words
    /// only, but for the digits that may vary.
    public String inSudoers() {
        return IntStream.range(0, words.size())
                .mapToObj(place -> varying.contains(place) ? vary(words.get(place)) : escape(words.get(place)))
                .collect(Collectors.joining(" "));
    }

    /// Of a path only the name varies, and not the directories.
    private static String vary(String word) {
        var isPath = word.startsWith("/") || word.contains("=/");
        var name = isPath ? word.lastIndexOf('/') + 1 : 0;
        return escape(word.substring(0, name)) + escape(word.substring(name)).replaceAll(DIGIT, DIGIT);
    }

    private static String escape(String word) {
        return word.chars()
                .mapToObj(character -> SPECIAL.indexOf(character) >= 0 || Character.isWhitespace(character)
                        ? "\\" + (char) character
                        : String.valueOf((char) character))
                .collect(Collectors.joining());
    }
}
