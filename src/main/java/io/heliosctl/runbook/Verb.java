package io.heliosctl.runbook;

import io.heliosctl.model.NodeName;
import io.heliosctl.model.PoolerName;
import io.heliosctl.step.Step;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/// One word of the vocabulary: what it is called, what it takes, and the steps it becomes, one for each
/// target.
///
/// @param kind what sort of word it is
/// @param help one sentence for the manual and for editors
/// @param oneOf keys of which exactly one has to be written; none if there is no such choice
record Verb(
        String name,
        Kind kind,
        String help,
        List<VerbKey<?>> keys,
        List<String> oneOf,
        Function<Given, List<Step>> make) {

    /// What may stand beside a verb that changes something in the site's own words.
    static final List<String> EXTRAS = List.of("unless", "expect", "undo", "register", "secret");

    /// What sort of word a verb is.
    enum Kind {
        /// Changes something, and knows how to look at it.
        CHANGE,
        /// Only looks.
        CHECK,
        /// Does in the site's own words what the site wants.
        SITE,
        /// Waits or asks in the site's own words, and changes nothing.
        SITE_PAUSE
    }

    Verb {
        keys = List.copyOf(keys);
        oneOf = List.copyOf(oneOf);
    }

    boolean isCheck() {
        return kind == Kind.CHECK;
    }

    boolean isSite() {
        return kind == Kind.SITE || kind == Kind.SITE_PAUSE;
    }

    /// The keys that may stand beside it, apart from those of any step.
    List<String> extras() {
        return kind == Kind.SITE ? EXTRAS : List.of();
    }

    static Function<Given, List<Step>> onNodes(BiFunction<Given, NodeName, Step> step) {
        return given -> given.get(VerbKeys.NODES).stream()
                .map(node -> step.apply(given, node))
                .toList();
    }

    static Function<Given, List<Step>> onPoolers(BiFunction<Given, PoolerName, Step> step) {
        return given -> given.get(VerbKeys.POOLERS).stream()
                .map(pooler -> step.apply(given, pooler))
                .toList();
    }
}
