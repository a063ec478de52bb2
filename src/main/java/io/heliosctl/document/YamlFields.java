package io.heliosctl.document;

import io.heliosctl.model.Place;
import io.heliosctl.model.Problem;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads a map with known keys. Every key that was asked for is known; `finish` reports all others.
///
/// ```java
/// var fields = new YamlFields(node, "promote", problems);
/// var target = fields.required("target", YamlText.line());
/// var timeout = fields.optional("timeout", new YamlDuration(), Duration.ofSeconds(60));
/// fields.finish();
/// ```
public final class YamlFields {

    private final Yaml node;
    private final String name;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> leftToOthers = new LinkedHashSet<>();

    /// @param name what the map is called in messages, such as `clusters.main`; empty for the whole document
    public YamlFields(Yaml node, String name, Problems problems) {
        this.node = node;
        this.name = name;
        this.problems = problems;
        if (!(node instanceof Yaml.Entries) && !(node instanceof Yaml.Unread) && !isBlank(node)) {
            YamlType.wrongKind(node, name.isEmpty() ? "the document" : name, "a map", problems);
        }
    }

    /// A value that may be left out, or be `null`, which is the same.
    public <T> Optional<T> optional(String key, YamlType<T> type) {
        return find(key).filter(value -> !isNull(value)).flatMap(value -> type.read(value, path(key), problems));
    }

    /// A value that may be left out.
    ///
    /// @param otherwise what counts then, and in place of a wrong value
    public <T> T optional(String key, YamlType<T> type, T otherwise) {
        return optional(key, type).orElse(otherwise);
    }

    /// A value that must be there.
    ///
    /// @return empty only if there is a problem
    public <T> Optional<T> required(String key, YamlType<T> type) {
        var value = find(key).filter(found -> !isNull(found));
        if (value.isEmpty() && (node instanceof Yaml.Entries || isBlank(node))) {
            problems.add(Problem.error("missing-key", (name.isEmpty() ? "the document" : name) + " has no " + key)
                    .hint("Add \"" + key + "\": it must be " + type.rule() + ".")
                    .at(node.place()));
        }
        return value.flatMap(found -> type.read(found, path(key), problems));
    }

    /// A value of any kind, unread; `key:` with nothing after it counts as left out.
    public Optional<Yaml> node(String key) {
        return find(key).filter(value -> !isNull(value) && !isBlank(value));
    }

    /// A map inside this one; empty if it is left out.
    public YamlFields section(String key) {
        return new YamlFields(node(key).orElse(new Yaml.Entries(List.of(), node.place())), path(key), problems);
    }

    /// The keys written here, in order.
    public List<String> keys() {
        return node instanceof Yaml.Entries entries ? entries.names() : List.of();
    }

    /// Where the map begins.
    public Place place() {
        return node.place();
    }

    /// Makes further keys known.
    public void know(Collection<String> keys) {
        known.addAll(keys);
    }

    /// Leaves a key to somebody else: it is neither reported as unknown nor offered as allowed.
    public void leave(String key) {
        leftToOthers.add(key);
    }

    /// Reports every key that nobody asked for.
    public void finish() {
        if (!(node instanceof Yaml.Entries entries)) {
            return;
        }
        for (var entry : entries.entries()) {
            if (!known.contains(entry.name()) && !leftToOthers.contains(entry.name())) {
                problems.add(unknown(entry));
            }
        }
    }

    private Problem unknown(Yaml.Entry entry) {
        var question = Spelling.question(entry.name(), known);
        return Problem.error(
                        "unknown-key",
                        "unknown key \"" + entry.name() + "\"" + (name.isEmpty() ? "" : " under " + name))
                .detail("Allowed here: " + String.join(", ", known) + ".")
                .hint(question.isEmpty() ? "Delete it, or move it to where it belongs." : question)
                .at(entry.key().place());
    }

    private Optional<Yaml> find(String key) {
        known.add(key);
        return node instanceof Yaml.Entries entries ? entries.find(key) : Optional.empty();
    }

    private String path(String key) {
        return name.isEmpty() ? key : name + "." + key;
    }

    private static boolean isNull(Yaml value) {
        return value instanceof Yaml.Text text && text.isNull();
    }

    private static boolean isBlank(Yaml value) {
        return value instanceof Yaml.Text text && text.isBlank();
    }
}
