package io.heliosctl.cli;

import io.heliosctl.run.Interruption;
import io.heliosctl.run.RunListener;
import io.heliosctl.run.Situation;
import io.heliosctl.view.Signals;
import java.io.PrintStream;

/// Turns Ctrl-C, SIGTERM and SIGHUP during a run into a wish to stop. None of them ends this process: the run
/// goes on until it has come to a state that makes sense, and the exit code says which.
final class SignalWatch implements AutoCloseable {

    private final Interruption interruption;
    private final Situation situation;
    private final PrintStream story;
    private final Signals signals;

    private SignalWatch(Interruption interruption, Situation situation, PrintStream story) {
        this.interruption = interruption;
        this.situation = situation;
        this.story = story;
        this.signals = Signals.watch(this::received);
    }

    /// @param progress hears the run too
    static SignalWatch install(Interruption interruption, RunListener progress, PrintStream story) {
        return new SignalWatch(interruption, new Situation(progress), story);
    }

    /// What must hear the run, so that a second signal can be answered.
    RunListener listener() {
        return situation;
    }

    private void received(String signal) {
        if (interruption.requested()) {
            story.println(signal + " again: " + situation.open());
        } else {
            story.println(signal + ": " + situation.stopping());
        }
        interruption.request(signal);
    }

    @Override
    public void close() {
        signals.close();
    }
}
