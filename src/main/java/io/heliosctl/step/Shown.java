package io.heliosctl.step;

import io.heliosctl.document.Json;
import java.util.Map;

/// What a result looks like in a message: short, on one line.
final class Shown {

    private static final int MOST = 300;

    private Shown() {}

    static String of(Map<String, Object> result) {
        return cut(Json.line(result));
    }

    /// The last lines of an output.
    static String end(String output) {
        var text = output.strip();
        return text.length() <= MOST ? text : "…" + text.substring(text.length() - MOST);
    }

    static String cut(String text) {
        return text.length() <= MOST ? text : text.substring(0, MOST) + "…";
    }
}
