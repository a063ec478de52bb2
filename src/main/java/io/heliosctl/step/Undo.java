package io.heliosctl.step;

/// How a step is taken back.
public sealed interface Undo {

    /// There is nothing to take back.
    record Nothing() implements Undo {}

    /// By another step, which is guarded, applied and verified like any other.
    record With(Step step) implements Undo {}

    /// Not at all: once such a step has started, a run only goes forwards.
    record Impossible(String reason) implements Undo {}

    static Undo nothing() {
        return new Nothing();
    }

    static Undo with(Step step) {
        return new With(step);
    }
}
