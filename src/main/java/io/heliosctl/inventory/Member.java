package io.heliosctl.inventory;

import io.heliosctl.document.YamlText;
import io.heliosctl.document.YamlType;
import java.util.List;
import java.util.Optional;

/// What may stand under a key of the inventory. The reader, the JSON schema and the manual's tables are all
/// made from these values.
sealed interface Member {

    String name();

    /// One sentence for the manual and for editors.
    String help();

    /// It must be written at this very place.
    default boolean required() {
        return false;
    }

    /// A value.
    ///
    /// @param builtIn what counts if nobody writes it, as it would be written
    /// @param required must be written at this very place
    /// @param nullable may be taken back by `null`, so that it counts as not given at all
    record Setting<T>(
            String name, YamlType<T> type, String help, Optional<String> builtIn, boolean required, boolean nullable)
            implements Member {

        static <T> Setting<T> of(String name, YamlType<T> type, String help) {
            return new Setting<>(name, type, help, Optional.empty(), false, false);
        }

        Setting<T> builtIn(String written) {
            return new Setting<>(name, type, help, Optional.of(written), required, nullable);
        }

        Setting<T> must() {
            return new Setting<>(name, type, help, builtIn, true, nullable);
        }

        Setting<T> orNull() {
            return new Setting<>(name, type, help, builtIn, required, true);
        }
    }

    /// A map with known keys.
    record Section(String name, String help, List<Member> members) implements Member {
        public Section {
            members = List.copyOf(members);
        }

        static Section of(String name, String help, Member... members) {
            return new Section(name, help, List.of(members));
        }
    }

    /// A map from names of the writer's choice to maps with known keys.
    record Named(String name, String help, YamlText key, Section each, boolean required) implements Member {}

    /// A list of maps with known keys.
    record Listed(String name, String help, Section each) implements Member {}

    /// A key people look for here; it is an error, with a reason. Editors do not offer it.
    record Refused(String name, String help) implements Member {}
}
