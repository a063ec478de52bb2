package io.heliosctl.run;

import io.heliosctl.model.Problem;
import java.util.List;
import java.util.Set;

/// A run's hold on its cluster. It is asked right before anything is changed.
@FunctionalInterface
public interface Tenure {

    /// Why nothing may be changed now; empty if it may.
    ///
    /// @param targets names of the nodes and poolers about to be changed; none when something is taken back
    List<Problem> refusals(Set<String> targets);

    /// Nobody else can be there: a rehearsal.
    static Tenure unchallenged() {
        return targets -> List.of();
    }
}
