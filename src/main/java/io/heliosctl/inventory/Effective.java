package io.heliosctl.inventory;

import io.heliosctl.document.Problems;
import io.heliosctl.document.Yaml.Entries;
import io.heliosctl.document.YamlFields;
import io.heliosctl.inventory.Member.Setting;
import java.util.Optional;

/// Reads values from layers that have been put over each other and checked.
record Effective(Entries tree) {

    Effective section(String name) {
        return new Effective(Layers.section(tree, name));
    }

    /// The value; absent if it is not there, taken back by `null`, or wrong (which has been reported).
    <T> Optional<T> find(Setting<T> key) {
        return new YamlFields(tree, "", new Problems()).optional(key.name(), key.type());
    }

    /// The value of a key that was checked to be there.
    <T> T value(Setting<T> key) {
        return find(key)
                .orElseThrow(
                        () -> new IllegalStateException(key.name() + " is missing in an inventory that was checked"));
    }
}
