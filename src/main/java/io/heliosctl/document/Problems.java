package io.heliosctl.document;

import io.heliosctl.model.InvalidDocumentException;
import io.heliosctl.model.Place;
import io.heliosctl.model.Problem;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Collects what is wrong with a document, so that all of it is reported at once. The same problem at the same
/// place counts once.
public final class Problems {

    private static final Comparator<Problem> BY_PLACE = Comparator.comparing(
            problem -> problem.place().orElse(new Place("\uFFFF", 0, 0, "")),
            Comparator.comparing(Place::file).thenComparingInt(Place::line).thenComparingInt(Place::column));

    private final Set<Problem> found = new LinkedHashSet<>();

    public void add(Problem problem) {
        found.add(problem);
    }

    public boolean hasErrors() {
        return found.stream().anyMatch(Problem::isError);
    }

    /// Whether an error begins on that line.
    boolean hasErrorOnLine(int line) {
        return found.stream()
                .filter(Problem::isError)
                .flatMap(problem -> problem.place().stream())
                .anyMatch(place -> place.line() == line);
    }

    /// File by file, from the first line to the last; what has no place comes last.
    public List<Problem> inOrder() {
        return found.stream().sorted(BY_PLACE).toList();
    }

    /// Ends the reading, if there is an error.
    ///
    /// @throws InvalidDocumentException with everything collected, if an error is among it
    public void throwIfErrors() {
        if (hasErrors()) {
            throw new InvalidDocumentException(inOrder());
        }
    }
}
