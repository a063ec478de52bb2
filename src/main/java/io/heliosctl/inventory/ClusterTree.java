package io.heliosctl.inventory;

import io.heliosctl.document.Yaml.Entries;
import io.heliosctl.document.Yaml.Text;
import java.util.List;

/// One cluster with every layer put over the others, not yet read into records.
///
/// @param name as written
/// @param settings `environment`, `vars`, `databases` and `secrets`
record ClusterTree(Text name, Entries settings, List<Host> nodes, List<Host> poolers) {

    /// A node or a pooler.
    record Host(Text name, Entries tree) {}
}
