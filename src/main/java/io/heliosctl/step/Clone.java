package io.heliosctl.step;

import io.heliosctl.control.ReturnControl.Limits;
import io.heliosctl.model.Change;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.Way;
import java.time.Duration;

/// Puts a new copy of its upstream in the place of a node's data directory, which is kept, and lets it follow.
public record Clone(NodeName target, NodeName upstream, Duration timeout) implements ReturnStep {

    @Override
    public String verb() {
        return "clone";
    }

    @Override
    public String summary() {
        return "put a new copy of %2$s in the place of %1$s".formatted(target, upstream);
    }

    @Override
    public Limits limits() {
        return Limits.only(Way.CLONE);
    }

    @Override
    public Change change() {
        return new Change("data of " + target, "its own", "a copy of " + upstream);
    }

    @Override
    public Undo undo() {
        return new Undo.Impossible("the copy is there, and what was there before is kept beside it");
    }
}
