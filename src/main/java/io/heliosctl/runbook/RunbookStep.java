package io.heliosctl.runbook;

import io.heliosctl.document.Yaml;
import io.heliosctl.model.Place;
import java.util.Optional;

/// One step as written: a sentence, a verb, and what the verb is given.
///
/// @param arguments the map behind the verb; texts in it may hold `{{ }}`
/// @param when a bare expression; the step is left out unless it is true
/// @param tolerate how many targets may fail
/// @param atOnce how many targets are made at a time
/// @param extras what only the site's own verbs take
public record RunbookStep(
        String name,
        String verb,
        Yaml arguments,
        Optional<Condition> when,
        int tolerate,
        int atOnce,
        Extras extras,
        Place place) {

    /// A bare expression and where it stands.
    public record Condition(String expression, Place place) {}

    /// What stands beside one of the site's own verbs.
    ///
    /// @param unless a map with a question that changes nothing
    /// @param expect asked of `result`
    /// @param undo the verb that takes it back, on the same target
    /// @param register the name under which the result is kept
    public record Extras(
            Optional<Yaml> unless,
            Optional<Condition> expect,
            Optional<RunbookStep> undo,
            Optional<String> register,
            boolean secret) {

        static Extras none() {
            return new Extras(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
        }
    }
}
