package io.heliosctl.document;

import io.heliosctl.model.Place;
import java.util.List;
import java.util.Optional;

/// What a YAML document says, before anybody decides what it means. A scalar stays the text that was written:
/// no resolver has turned `on` into true, `0640` into 416 or `22:22` into 1342.
public sealed interface Yaml {

    /// Where it begins.
    Place place();

    /// What it is called in messages: `text`, `nothing`, `null`, `a list`, `a map`.
    String kind();

    /// A scalar.
    ///
    /// @param quoted in single or double quotes, or a block (`|`, `>`): text for certain, never a number or
    ///     null
    record Text(String value, boolean quoted, Place place) implements Yaml {

        /// Nothing was written after the key.
        public boolean isBlank() {
            return !quoted && value.isEmpty();
        }

        /// Written as `null` or `~`: explicitly no value.
        public boolean isNull() {
            return !quoted && (value.equals("null") || value.equals("~"));
        }

        @Override
        public String kind() {
            if (isBlank()) {
                return "nothing";
            }
            return isNull() ? "null" : "text";
        }
    }

    /// A list.
    record Items(List<Yaml> items, Place place) implements Yaml {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /// A map, in the order written; each key occurs once.
    record Entries(List<Entry> entries, Place place) implements Yaml {
        public Entries {
            entries = List.copyOf(entries);
        }

        public Optional<Yaml> find(String key) {
            return entries.stream()
                    .filter(entry -> entry.name().equals(key))
                    .map(Entry::value)
                    .findFirst();
        }

        public List<String> names() {
            return entries.stream().map(Entry::name).toList();
        }

        @Override
        public String kind() {
            return "a map";
        }
    }

    /// Something that could not be read and has its problem already; readers say nothing more about it.
    record Unread(Place place) implements Yaml {
        @Override
        public String kind() {
            return "unreadable";
        }
    }

    /// One key of a map and what it leads to.
    record Entry(Text key, Yaml value) {
        public String name() {
            return key.value();
        }
    }
}
