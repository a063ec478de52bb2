package io.heliosctl.control;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/// What the steps of one run have kept for later steps (`register`).
///
/// Where a run is only pretended, nothing was really done, so nothing is known: what depends on a kept value is
/// then taken for granted.
public final class Scene {

    private final boolean pretended;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Set<String> unwritten = new LinkedHashSet<>();
    private Optional<BiConsumer<String, Object>> witness = Optional.empty();

    private Scene(boolean pretended) {
        this.pretended = pretended;
    }

    /// For a run on a real cluster.
    public static Scene real() {
        return new Scene(false);
    }

    static Scene pretended() {
        return new Scene(true);
    }

    /// True in a rehearsal, where nothing is written down for good.
    public boolean isPretended() {
        return pretended;
    }

    /// Keeps a value: plain maps, lists, text, numbers and truth values only.
    public synchronized void keep(String name, Object value) {
        values.put(name, value);
    }

    /// Keeps a value for one of several targets, in a map from target to value.
    public synchronized void keep(String name, String target, Object value) {
        var each = new LinkedHashMap<String, Object>();
        if (values.get(name) instanceof Map<?, ?> earlier) {
            earlier.forEach((key, kept) -> each.put(String.valueOf(key), kept));
        }
        each.put(target, value);
        values.put(name, each);
    }

    /// Who writes down what is noted from here on, before [#note] returns, and what was noted before. What it
    /// throws, that throws too.
    public synchronized void witnessed(BiConsumer<String, Object> by) {
        witness = Optional.of(by);
        unwritten.forEach(name -> by.accept(name, values.get(name)));
        unwritten.clear();
    }

    /// Keeps a value that another process which goes on with this run must know, even if this one dies within
    /// the step. On return it is written down; what it is about is done afterwards.
    public synchronized void note(String name, Object value) {
        if (witness.isPresent()) {
            witness.get().accept(name, value);
        } else {
            unwritten.add(name);
        }
        keep(name, value);
    }

    /// Knows nothing any more, as another process that goes on with the run at first.
    public synchronized void forget() {
        values.clear();
        unwritten.clear();
        witness = Optional.empty();
    }

    /// What was kept by that name; empty if nothing was.
    public synchronized Optional<Object> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /// Everything kept so far, by name.
    public synchronized Map<String, Object> values() {
        return new LinkedHashMap<>(values);
    }
}
