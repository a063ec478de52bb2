package io.heliosctl.runbook;

import io.heliosctl.document.YamlType;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.PoolerName;
import io.heliosctl.step.Probe;
import io.heliosctl.step.Wording;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A key that a verb takes. The binder, the JSON schema and the manual's table are all made from these
/// values.
///
/// @param <T> what a verb is given under it
sealed interface VerbKey<T> {

    String name();

    /// One sentence for the manual and for editors.
    String help();

    /// It has to be written.
    boolean required();

    /// A role of nodes: the verb is made on each of them.
    record Nodes(String name, String help) implements VerbKey<List<NodeName>> {
        @Override
        public boolean required() {
            return true;
        }
    }

    /// A role of poolers: the verb is made on each of them.
    record Poolers(String name, String help) implements VerbKey<List<PoolerName>> {
        @Override
        public boolean required() {
            return true;
        }
    }

    /// A role that is one node.
    ///
    /// @param otherwise the kind of role that is looked for in the cast if the key is left out
    /// @param needed whether there has to be one then
    record OneNode(String name, String help, Optional<Class<? extends Role>> otherwise, boolean needed)
            implements VerbKey<NodeName> {
        @Override
        public boolean required() {
            return otherwise.isEmpty();
        }
    }

    /// A value.
    ///
    /// @param builtIn what counts if nobody writes it, as it would be written
    record Value<T>(String name, YamlType<T> type, String help, Optional<String> builtIn) implements VerbKey<T> {
        @Override
        public boolean required() {
            return false;
        }
    }

    /// A role of nodes or poolers: the verb is made on the host of each. In an `undo` it is left out.
    record Hosts(String name, String help, boolean required) implements VerbKey<List<String>> {}

    /// A text that is rendered right before it is used, for each target.
    ///
    /// @param filters one of which every `{{ }}` has to end in; none where nothing needs quoting
    record Text(String name, String help, Set<String> filters, boolean required) implements VerbKey<Draft<Wording>> {}

    /// A list of words that make a command, rendered right before it is used, for each target.
    record Words(String name, String help) implements VerbKey<Draft<List<Wording>>> {
        @Override
        public boolean required() {
            return false;
        }
    }

    /// A question that changes nothing, for each target.
    record Question(String name, String help) implements VerbKey<Draft<Probe>> {
        @Override
        public boolean required() {
            return false;
        }
    }

    /// What becomes something else on each target.
    @FunctionalInterface
    interface Draft<T> {
        T on(String target);
    }
}
