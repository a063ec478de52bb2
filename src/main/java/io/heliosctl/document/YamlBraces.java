package io.heliosctl.document;

import io.heliosctl.model.Place;
import io.heliosctl.model.Problem;

/// `timeout: {{ x }}` without quotes is a map to YAML, silently; here it is a problem that shows the line to
/// write.
final class YamlBraces {

    private YamlBraces() {}

    /// @param place of the first brace
    /// @param inFlow inside `{ … }` or `[ … ]`, where a comma ends the text
    static Problem problem(YamlSource source, Place place, boolean inFlow) {
        return Problem.error("unquoted-template", "text with {{ }} needs quotes")
                .detail("YAML reads {{ … }} as a map.")
                .hint("Write: " + corrected(source.line(place.line() - 1), place.column() - 1, inFlow))
                .at(place);
    }

    static String corrected(String line, int column, boolean inFlow) {
        int start = line.offsetByCodePoints(0, column);
        int end = inFlow ? endInFlow(line, start) : endInBlock(line, start);
        var text = line.substring(start, end);
        var quoted =
                text.contains("\"") || text.contains("\\") ? "'" + text.replace("'", "''") + "'" : "\"" + text + "\"";
        return (line.substring(0, start) + quoted + line.substring(end)).strip();
    }

    private static int endInBlock(String line, int start) {
        int comment = line.indexOf(" #", start);
        int end = comment < 0 ? line.length() : comment;
        while (end > start && line.charAt(end - 1) == ' ') {
            end--;
        }
        return end;
    }

    private static int endInFlow(String line, int start) {
        int close = line.indexOf("}}", start);
        if (close < 0) {
            return line.length();
        }
        int end = close + 2;
        while (end < line.length() && " ,]}".indexOf(line.charAt(end)) < 0) {
            end++;
        }
        return end;
    }
}
