package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.ProblemException;
import java.time.Duration;
import java.util.Optional;

/// Makes sure that a lost primary cannot write: stops it by whatever way leads to its host and keeps it from coming
/// back writable; else has the site's own fence do it; else takes a person's word.
///
/// @param upstream whom it follows if anybody starts it again
/// @param attested that a person has said that it is powered off
public record Fence(NodeName target, Optional<NodeName> upstream, boolean attested, Duration timeout)
        implements NodeStep {

    @Override
    public String verb() {
        return "fence";
    }

    @Override
    public String summary() {
        return "make sure that %s cannot write".formatted(target);
    }

    /// A person's word is always asked for last: it is worth less than what can be seen.
    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        try {
            cluster.failover().proveFenced(target, false);
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.of(new Change(target.value(), "perhaps writable", "fenced"));
        }
    }

    @Override
    public String apply(ClusterControl cluster) {
        return cluster.failover().fence(target, upstream, attested, timeout).remark();
    }

    @Override
    public boolean readsBack() {
        return true;
    }

    @Override
    public Undo undo() {
        return Undo.with(new Unfence(target, timeout));
    }
}
