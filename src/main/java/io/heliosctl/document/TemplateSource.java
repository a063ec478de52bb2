package io.heliosctl.document;

import io.heliosctl.model.Place;
import java.util.List;

/// The text of a template and where it comes from.
///
/// @param name the file it stands in, as messages shall name it
/// @param firstLine the line of that file the text begins on, counted from 1; a whole file begins on 1
public record TemplateSource(String name, String text, int firstLine) {

    public TemplateSource {
        if (firstLine < 1) {
            throw new IllegalArgumentException("lines count from 1, not " + firstLine);
        }
    }

    /// The place of a line and column of this text, both counted from 1, in its file.
    Place place(int line, int column) {
        List<String> lines = text.lines().toList();
        int within = Math.clamp(line, 1, Math.max(1, lines.size()));
        return new Place(name, firstLine + within - 1, column, lines.isEmpty() ? "" : lines.get(within - 1));
    }
}
