package io.heliosctl.inventory;

import io.heliosctl.document.Yaml;
import io.heliosctl.document.Yaml.Entries;
import java.util.List;

/// The entries of `databases:`.
final class Databases {

    private Databases() {}

    static List<Yaml> of(Entries settings) {
        return settings.find("databases").orElse(settings) instanceof Yaml.Items items ? items.items() : List.of();
    }
}
