package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.time.Duration;
import java.util.Optional;

/// Asks the person who runs this whether to go on. Nobody there, or no answer in time, is a no.
public record Confirm(Wording question, Duration timeout, Terms terms) implements SiteStep {

    @Override
    public String verb() {
        return "confirm";
    }

    @Override
    public String targetName() {
        return HERE;
    }

    @Override
    public String summary() {
        return "ask: " + question.shown();
    }

    @Override
    public boolean canTell() {
        return true;
    }

    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        return terms.done(cluster, timeout)
                ? Optional.empty()
                : Optional.of(new Change("question", "not asked", "answered by yes"));
    }

    @Override
    public String apply(ClusterControl cluster) {
        var asked = question.in(cluster.scene());
        if (!cluster.confirm(asked, timeout)) {
            throw new ProblemException(Problem.error("not-confirmed", "the question was not answered by yes")
                    .detail("Question: " + asked)
                    .hint("Without a terminal the answer is no; --yes answers yes."));
        }
        return "answered yes";
    }
}
