package io.heliosctl.inventory;

import io.heliosctl.document.Yaml;
import io.heliosctl.document.Yaml.Entries;
import io.heliosctl.document.Yaml.Entry;
import io.heliosctl.document.Yaml.Text;
import io.heliosctl.inventory.Member.Section;
import io.heliosctl.inventory.Member.Setting;
import io.heliosctl.model.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Puts layers of settings over each other. Every value keeps the place it was written at, so that its origin
/// is known without further bookkeeping.
final class Layers {

    /// Where values come from that nobody wrote.
    static final Place BUILT_IN = new Place("built in", 0, 0, "");

    static final Entries NONE = new Entries(List.of(), BUILT_IN);

    private Layers() {}

    /// Lowest first: maps merge key by key, lists and values replace.
    static Entries over(Entries... layers) {
        return Stream.of(layers).reduce(NONE, Layers::merge);
    }

    private static Entries merge(Entries lower, Entries higher) {
        var merged = new LinkedHashMap<String, Entry>();
        lower.entries().forEach(entry -> merged.put(entry.name(), entry));
        for (var entry : higher.entries()) {
            merged.merge(
                    entry.name(), entry, (below, above) -> new Entry(above.key(), merge(below.value(), above.value())));
        }
        return new Entries(List.copyOf(merged.values()), higher.place());
    }

    private static Yaml merge(Yaml lower, Yaml higher) {
        if (!(lower instanceof Entries below)) {
            return higher;
        }
        if (higher instanceof Entries above) {
            return merge(below, above);
        }
        return isNothing(higher) ? lower : higher;
    }

    /// Those keys of a map only.
    static Entries pick(Entries entries, Set<String> keys) {
        return new Entries(
                entries.entries().stream()
                        .filter(entry -> keys.contains(entry.name()))
                        .toList(),
                entries.place());
    }

    /// The map under a key; empty where there is none.
    static Entries section(Entries entries, String key) {
        return entries.find(key).map(Layers::entries).orElse(NONE);
    }

    /// The value as a map; what is none has been reported and counts as empty.
    static Entries entries(Yaml value) {
        return value instanceof Entries entries ? entries : new Entries(List.of(), value.place());
    }

    /// What counts if nobody writes anything.
    static Entries builtIn(Section form) {
        var entries = form.members().stream()
                .flatMap(member -> builtIn(member).stream())
                .toList();
        return new Entries(entries, BUILT_IN);
    }

    private static Optional<Entry> builtIn(Member member) {
        return switch (member) {
            case Setting<?> key -> key.builtIn().map(written -> entry(key.name(), new Text(written, false, BUILT_IN)));
            case Section section -> Optional.of(entry(section.name(), builtIn(section)));
            case Member.Named named -> Optional.empty();
            case Member.Listed listed -> Optional.empty();
            case Member.Refused refused -> Optional.empty();
        };
    }

    private static Entry entry(String key, Yaml value) {
        return new Entry(new Text(key, false, value.place()), value);
    }

    private static boolean isNothing(Yaml value) {
        return value instanceof Text text && (text.isBlank() || text.isNull());
    }
}
