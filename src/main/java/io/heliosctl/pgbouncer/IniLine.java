package io.heliosctl.pgbouncer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// `name = value` in a `pgbouncer.ini`; the name is a word, or quoted where it holds other characters.
record IniLine(String name, String value) {

    private static final Pattern LINE =
            Pattern.compile("(?:'([^']+)'|\"((?:[^\"]|\"\")+)\"|([A-Za-z0-9_.*-]+))\\s*=\\s*(.*)");
    private static final Pattern WORD = Pattern.compile("\\s*([^=\\s]+)\\s*=\\s*(?:'((?:[^']|'')*)'|(\\S+))");

    static Optional<IniLine> of(String line) {
        var matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var plain = matcher.group(1) != null ? matcher.group(1) : matcher.group(3);
        return Optional.of(
                new IniLine(plain != null ? plain : matcher.group(2).replace("\"\"", "\""), matcher.group(4)));
    }

    /// The parameters of a connection string, up to the first that PgBouncer would not understand.
    static Map<String, String> words(String connection) {
        var words = new LinkedHashMap<String, String>();
        var matcher = WORD.matcher(connection);
        while (matcher.lookingAt()) {
            var quoted = matcher.group(2);
            words.put(matcher.group(1), quoted != null ? quoted.replace("''", "'") : matcher.group(3));
            matcher.region(matcher.end(), connection.length());
        }
        return words;
    }
}
