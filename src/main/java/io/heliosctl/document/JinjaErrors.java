package io.heliosctl.document;

import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.TemplateError;
import io.heliosctl.model.Problem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Jinjava collects errors and renders on; every one of them, warnings too, becomes a problem here.
final class JinjaErrors {

    private JinjaErrors() {}

    /// Notes a fault and stands in for what could not be rendered.
    static String add(JinjavaInterpreter interpreter, JinjaFault fault) {
        interpreter.addError(
                TemplateError.fromException(new InterpretException(fault.getMessage(), fault, fault.line(), 0)));
        return "";
    }

    static List<Problem> problems(List<TemplateError> errors, TemplatePlaces places) {
        Set<Problem> problems = new LinkedHashSet<>();
        for (TemplateError error : errors) {
            problems.add(fault(error.getException())
                    .map(places::problem)
                    .orElseGet(() -> places.problem(foreign(error.getMessage()), "", error.getLineno())));
        }
        return List.copyOf(problems);
    }

    static Optional<JinjaFault> fault(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof JinjaFault fault) {
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }

    /// An error of Jinjava's own, in its own words.
    static JinjaFault foreign(String message) {
        String line =
                message == null ? "" : message.lines().findFirst().orElse("").strip();
        String lower = line.isEmpty() ? "" : line.substring(0, 1).toLowerCase(Locale.ROOT) + line.substring(1);
        return JinjaFault.of("template-error", "the template cannot be rendered")
                .detail("Jinjava says: " + lower);
    }
}
