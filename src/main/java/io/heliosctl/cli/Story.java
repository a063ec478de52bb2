package io.heliosctl.cli;

import io.heliosctl.run.RunListener;
import io.heliosctl.view.LiveProgress;
import io.heliosctl.view.Progress;
import io.heliosctl.view.QuietProgress;
import java.io.IOException;
import java.util.Optional;

/// Chooses how the progress of a run is told: live on a terminal, line by line elsewhere.
final class Story implements AutoCloseable {

    private final RunListener listener;
    private final Optional<LiveProgress> live;

    private Story(RunListener listener, Optional<LiveProgress> live) {
        this.listener = listener;
        this.live = live;
    }

    static Story open(OutputOptions output) {
        if (output.isQuiet()) {
            return new Story(new QuietProgress(output.story(), output.style()), Optional.empty());
        }
        if (Operator.console().isEmpty()) {
            return new Story(new Progress(output.story(), output.style(), output.isVerbose()), Optional.empty());
        }
        try {
            var progress = LiveProgress.onTerminal(output.story(), output.style(), output.isVerbose());
            progress.open();
            return new Story(progress, Optional.of(progress));
        } catch (IOException e) {
            // A terminal that cannot be driven is still good for lines.
            return new Story(new Progress(output.story(), output.style(), output.isVerbose()), Optional.empty());
        }
    }

    RunListener listener() {
        return listener;
    }

    @Override
    public void close() {
        live.ifPresent(LiveProgress::close);
    }
}
