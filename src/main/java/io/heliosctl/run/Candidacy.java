package io.heliosctl.run;

import io.heliosctl.model.Lsn;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.Problem;
import java.util.List;

/// One node looked at as the future primary.
///
/// @param received the last position it has received
/// @param behind how many bytes that is behind the primary
/// @param refusals why it cannot be promoted; none means that it can
public record Candidacy(NodeName node, Lsn received, long behind, int priority, List<Problem> refusals) {

    public Candidacy {
        refusals = List.copyOf(refusals);
    }

    public boolean isEligible() {
        return refusals.isEmpty();
    }
}
