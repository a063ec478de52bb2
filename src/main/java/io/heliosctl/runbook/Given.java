package io.heliosctl.runbook;

import io.heliosctl.step.Terms;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What a verb is given in one step, read and right.
final class Given {

    private final Map<String, Object> values;
    private final VerbKey.Draft<Terms> terms;

    /// @param values by the names of the verb's keys; what is not there was left out and has no default
    /// @param terms what stands beside the verb, for each target
    Given(Map<String, Object> values, VerbKey.Draft<Terms> terms) {
        this.values = Map.copyOf(values);
        this.terms = terms;
    }

    Terms terms(String target) {
        return terms.on(target);
    }

    /// The value under a key that is always there.
    <T> T get(VerbKey<T> key) {
        return find(key).orElseThrow(() -> new IllegalArgumentException("the verb does not take " + key.name()));
    }

    /// The value under a key that may be left out.
    @SuppressWarnings("unchecked") // put there by the reader of that very key
    <T> Optional<T> find(VerbKey<T> key) {
        return Optional.ofNullable((T) values.get(key.name()));
    }

    Duration timeout() {
        return (Duration) values.get(VerbKeys.TIMEOUT);
    }
}
