package io.heliosctl.postgres;

import java.util.Locale;
import java.util.regex.Pattern;

/// One line of a PostgreSQL configuration file (PostgreSQL manual, "Parameter Interaction via the
/// Configuration File").
sealed interface ConfigLine {

    /// `name = value`, the equals sign being optional.
    record Setting(String name, String value) implements ConfigLine {}

    /// Empty, a comment, or something that the server would not understand either.
    record Other(String text) implements ConfigLine {
        boolean isBlank() {
            return text.isBlank() || text.stripLeading().startsWith("#");
        }
    }

    Pattern SETTING = Pattern.compile(
            "\\s*([A-Za-z_][A-Za-z0-9_.$]*)(?:\\s*=\\s*|\\s+)" + "('(?:[^'\\\\\\n]|''|\\\\.)*'|[^\\s'#]+)\\s*(?:#.*)?");

    static ConfigLine read(String line) {
        var matcher = SETTING.matcher(line);
        if (!matcher.matches()) {
            return new Other(line);
        }
        return new Setting(matcher.group(1).toLowerCase(Locale.ROOT), unquote(matcher.group(2)));
    }

    /// The line for a setting, its value quoted as `ALTER SYSTEM` does.
    ///
    /// @throws IllegalArgumentException if the value has a line break, which such a file cannot hold
    static String write(String name, String value) {
        if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("a setting cannot hold a line break: " + name);
        }
        return "%s = '%s'".formatted(name, value.replace("\\", "\\\\").replace("'", "''"));
    }

    private static String unquote(String token) {
        if (!token.startsWith("'")) {
            return token;
        }
        var value = new StringBuilder();
        for (var i = 1; i < token.length() - 1; i++) {
            var c = token.charAt(i);
            if (c == '\'') {
                i++;
            } else if (c == '\\') {
                i = unescape(token, i + 1, value);
                continue;
            }
            value.append(c);
        }
        return value.toString();
    }

    /// The escapes of `DeescapeQuotedString` in guc-file.l: b f n r t, up to three octal digits, else the
    /// character.
    private static int unescape(String token, int at, StringBuilder value) {
        var c = token.charAt(at);
        if (c >= '0' && c <= '7') {
            var end = at;
            while (end < at + 3 && token.charAt(end) >= '0' && token.charAt(end) <= '7') {
                end++;
            }
            value.append((char) Integer.parseInt(token.substring(at, end), 8));
            return end - 1;
        }
        value.append(
                switch (c) {
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    default -> c;
                });
        return at;
    }
}
