package io.heliosctl.runbook;

import io.heliosctl.step.Step;
import java.util.List;
import java.util.function.Function;

/// A verb while it is being written down.
record VerbDraft(String name, Verb.Kind kind, String help, List<VerbKey<?>> keys, List<String> oneOf) {

    VerbDraft takes(VerbKey<?>... taken) {
        return new VerbDraft(name, kind, help, List.of(taken), oneOf);
    }

    /// Exactly one of these keys has to be written.
    VerbDraft oneOf(String... names) {
        return new VerbDraft(name, kind, help, keys, List.of(names));
    }

    Verb becomes(Function<Given, List<Step>> make) {
        return new Verb(name, kind, help, keys, oneOf, make);
    }
}
