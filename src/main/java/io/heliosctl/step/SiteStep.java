package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import java.util.Optional;

/// A step in the site's own words: heliosctl does not know what it does, only whether it went well.
public sealed interface SiteStep extends Step permits Command, Sql, Wait, Confirm {

    /// The target of what happens on no host.
    String HERE = "here";

    Terms terms();

    /// What the plan says: what is done, and what is looked at to know that it went well.
    default String shown() {
        return summary();
    }

    /// It looks at its result itself, in `apply`.
    @Override
    default boolean readsBack() {
        return true;
    }

    /// True if looking tells whether it was made; otherwise a person has to say so after an interruption.
    default boolean canTell() {
        return terms().unless().isPresent();
    }

    @Override
    default Undo undo() {
        return terms().howToUndo();
    }

    /// What it has kept for later steps, for the journal.
    default Optional<Object> kept(ClusterControl cluster) {
        return terms().register().map(register -> cluster.scene().values().get(register.name()));
    }
}
