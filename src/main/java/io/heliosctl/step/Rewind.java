package io.heliosctl.step;

import io.heliosctl.control.ReturnControl.Limits;
import io.heliosctl.model.Change;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.Way;
import java.time.Duration;

/// Takes back by pg_rewind what a node has and its upstream lacks, and lets it follow.
public record Rewind(NodeName target, NodeName upstream, Duration timeout) implements ReturnStep {

    @Override
    public String verb() {
        return "rewind";
    }

    @Override
    public String summary() {
        return "bring %s back as a standby of %s by pg_rewind".formatted(target, upstream);
    }

    @Override
    public Limits limits() {
        return Limits.only(Way.REWIND);
    }

    @Override
    public Change change() {
        return new Change("history of " + target, "its own", "that of " + upstream);
    }

    @Override
    public Undo undo() {
        return new Undo.Impossible("what pg_rewind takes back is gone");
    }
}
