package io.heliosctl.runbook;

import io.heliosctl.document.TemplateSource;
import io.heliosctl.document.Yaml;
import io.heliosctl.model.InvalidDocumentException;
import io.heliosctl.model.Place;
import io.heliosctl.model.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Finds texts of a runbook again in its file, so that what is wrong inside of one has the place where it is
/// written.
final class Passages {

    private final List<String> lines;

    Passages(Runbook runbook) {
        this.lines = runbook.text().lines().toList();
    }

    /// The template that a text is. A block (`|`, `>`) begins on the line after its mark.
    static TemplateSource source(Yaml.Text text) {
        return new TemplateSource(
                text.place().file(), text.value(), text.place().line() + (isBlock(text) ? 1 : 0));
    }

    /// What a text's template gives; a problem in it gets its place in the file.
    <T> T at(Yaml.Text text, Supplier<T> work) {
        try {
            return work.get();
        } catch (InvalidDocumentException e) {
            throw new InvalidDocumentException(
                    e.problems().stream().map(problem -> at(text, problem)).toList());
        }
    }

    Problem at(Yaml.Text text, Problem problem) {
        return problem.at(problem.place().flatMap(this::moved).orElse(text.place()));
    }

    /// The place in the file; empty if the text's line is folded there and cannot be found.
    private Optional<Place> moved(Place within) {
        if (within.line() > lines.size()) {
            return Optional.empty();
        }
        var line = lines.get(within.line() - 1);
        var start = line.indexOf(within.source().strip());
        var indent = within.source().length() - within.source().stripLeading().length();
        return start < 0
                ? Optional.empty()
                : Optional.of(new Place(within.file(), within.line(), start + within.column() - indent, line));
    }

    private static boolean isBlock(Yaml.Text text) {
        var place = text.place();
        var mark =
                place.source().length() < place.column() ? ' ' : place.source().charAt(place.column() - 1);
        return text.quoted() && (mark == '|' || mark == '>');
    }
}
