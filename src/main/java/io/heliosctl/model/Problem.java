package io.heliosctl.model;

import java.io.Serializable;
import java.util.Optional;

/// Something that is wrong, in PostgreSQL's manner: what, what was seen, what to type.
///
/// @param code a stable word for scripts and the manual, such as `standby-lagging`
/// @param message lower case, one line, no full stop
/// @param detail what was seen, sentences; empty if there is nothing to add
/// @param hint what to do about it, sentences; empty if nothing sensible can be said
public record Problem(Severity severity, String code, String message, String detail, String hint, Optional<Place> place)
        implements Serializable {

    /// How bad it is.
    public enum Severity {
        ERROR,
        WARNING
    }

    public static Problem error(String code, String message) {
        return new Problem(Severity.ERROR, code, message, "", "", Optional.empty());
    }

    public static Problem warning(String code, String message) {
        return new Problem(Severity.WARNING, code, message, "", "", Optional.empty());
    }

    public Problem detail(String text) {
        return new Problem(severity, code, message, text, hint, place);
    }

    public Problem hint(String text) {
        return new Problem(severity, code, message, detail, text, place);
    }

    public Problem at(Place where) {
        return new Problem(severity, code, message, detail, hint, Optional.of(where));
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
