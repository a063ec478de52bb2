package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One verb on one target. Every step answers the same question, `pending`: what is still left to do?
public sealed interface Step permits NodeStep, PoolerStep, Check, SiteStep {

    /// The word runbooks use.
    String verb();

    /// The name of the node or pooler it is made on.
    String targetName();

    /// What it will do, in the imperative: `stop PostgreSQL on pgdb1`.
    String summary();

    /// How long it may take.
    Duration timeout();

    /// What must hold right before it is made. Reads only; not knowing counts as a no.
    default List<Problem> guard(ClusterControl cluster) {
        return List.of();
    }

    /// What is still left to do; empty if it is done already.
    Optional<Change> pending(ClusterControl cluster);

    /// Does ahead of time what has no effect yet, so that making it takes less time while clients wait. It may
    /// be called for a step that is never made.
    default void prepare(ClusterControl cluster) {}

    /// The last thing before a step that cannot be taken back is made, when its intent is written down already:
    /// that nothing else may undo meanwhile what it relies on.
    ///
    /// @throws io.heliosctl.model.ProblemException if it must not be made; then it counts as not begun
    default void lastWord(ClusterControl cluster) {}

    /// Makes it, and waits until it is made.
    ///
    /// @return what is worth knowing about how it went, in a few words; may be empty
    /// @throws io.heliosctl.model.ProblemException if it failed
    /// @throws io.heliosctl.model.UnknownOutcomeException if it may have been made
    String apply(ClusterControl cluster);

    /// True if its targets act as one: it is made on all of them or on none, by [#applyJointly].
    default boolean isJoint() {
        return false;
    }

    /// Makes it on several targets as one. Only for a step that [#isJoint].
    ///
    /// @param all the same step on each target where it is still to be made, this one among them
    /// @return as `apply`, for all of them
    default String applyJointly(ClusterControl cluster, List<Step> all) {
        throw new IllegalStateException(verb() + " is made on each target for itself");
    }

    /// True if `apply` returns only after it has read the new state back, so that asking `pending` once more
    /// would only lengthen the pause.
    default boolean readsBack() {
        return false;
    }

    /// True if `apply` may be interrupted at any moment and then leaves nothing half done.
    default boolean isCancellable() {
        return false;
    }

    /// How it is taken back.
    Undo undo();
}
