package io.heliosctl.runbook;

import io.heliosctl.model.Place;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A runbook as written: which steps in which order, on whom not yet.
///
/// @param parameters by name, in the order written
/// @param cast who each role is to be bound to, in the order written
/// @param origin where it was found, for people: a path, or `built in`
/// @param text the whole file, as shown by `heliosctl runbook show`
public record Runbook(
        String name,
        String summary,
        Danger danger,
        Map<String, Parameter> parameters,
        Map<String, Role> cast,
        List<RunbookStep> steps,
        List<RunbookStep> verify,
        String origin,
        String text,
        Place place) {

    /// How carefully an operator is asked before it begins.
    public enum Danger {
        /// Not at all.
        LOW,
        /// y/N.
        MEDIUM,
        /// The cluster's name has to be typed where the environment is production; y/N elsewhere.
        HIGH
    }

    public Runbook {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        cast = Collections.unmodifiableMap(new LinkedHashMap<>(cast));
        steps = List.copyOf(steps);
        verify = List.copyOf(verify);
    }
}
