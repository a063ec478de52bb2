package io.heliosctl.document;

import io.heliosctl.model.Place;
import io.heliosctl.model.Problem;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/// The text of a document, by line and column.
final class YamlSource {

    /// A password somebody wrote where none belongs must not go on from there into messages and logs. What
    /// follows keeps its column.
    private static final Pattern PASSWORD = Pattern.compile(
            "((?:password|passwd|passphrase)[\"']?\\s*[:=]\\s*)(\"[^\"]*\"|'[^']*'|[^\\s,}{\\[\\]\"'][^,}\\s]*)",
            Pattern.CASE_INSENSITIVE);

    private final String file;
    private final String text;
    private final String[] lines;

    YamlSource(String file, String text) {
        this.file = file;
        this.text = text;
        this.lines = text.split("\n", -1);
    }

    String text() {
        return text;
    }

    /// @param line counted from 0
    String line(int line) {
        return line < lines.length ? lines[line].stripTrailing() : "";
    }

    /// @param line counted from 0
    /// @param column counted from 0, in code points
    Place at(int line, int column) {
        var shown = PASSWORD.matcher(line(line))
                .replaceAll(match -> match.group(1) + "*".repeat(match.group(2).length()));
        return new Place(file, line + 1, column + 1, shown);
    }

    /// Reports characters that cannot be seen: YAML refuses some, counts others as line ends, and takes the
    /// rest for part of a word.
    void checkCharacters(Problems problems) {
        for (int line = 0; line < lines.length; line++) {
            var content = lines[line].endsWith("\r") ? lines[line].substring(0, lines[line].length() - 1) : lines[line];
            var points = content.codePoints().toArray();
            for (int column = 0; column < points.length; column++) {
                if (isInvisible(points[column])) {
                    problems.add(Problem.error("invisible-character", "invisible character " + name(points[column]))
                            .hint("Delete it, or write a space in its place.")
                            .at(at(line, column)));
                }
            }
        }
    }

    private static boolean isInvisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL -> point != '\t';
            case Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE -> true;
            case Character.SPACE_SEPARATOR -> point != ' ';
            default -> point == 0xFFFE || point == 0xFFFF;
        };
    }

    private static String name(int point) {
        var code = "U+" + HexFormat.of().withUpperCase().toHexDigits(point).replaceFirst("^0{1,4}", "");
        var name = Character.getName(point);
        return name == null ? code : code + " (" + name.toLowerCase(Locale.ROOT) + ")";
    }
}
