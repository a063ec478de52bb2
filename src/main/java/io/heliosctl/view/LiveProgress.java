package io.heliosctl.view;

import io.heliosctl.model.Amounts;
import io.heliosctl.run.StepRecord;
import io.heliosctl.runbook.PlannedStep;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp.Capability;

/// Progress on a terminal: below the steps that have ended, the one being made and for how long.
public final class LiveProgress extends Progress implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(100);

    private final Terminal terminal;
    private final Timer ticker = new Timer("progress", true);
    private PlannedStep current;
    private long startNanos;

    LiveProgress(Terminal terminal, PrintStream out, Style style, boolean verbose) {
        super(out, style, verbose);
        this.terminal = terminal;
    }

    /// For the terminal this process was started on.
    ///
    /// @throws IOException if it cannot be driven
    public static LiveProgress onTerminal(PrintStream out, Style style, boolean verbose) throws IOException {
        return new LiveProgress(
                TerminalBuilder.builder().system(true).dumb(true).build(), out, style, verbose);
    }

    /// Begins to draw.
    public void open() {
        var draw = new TimerTask() {
            @Override
            public void run() {
                draw();
            }
        };
        ticker.scheduleAtFixedRate(draw, TICK.toMillis(), TICK.toMillis());
    }

    @Override
    public synchronized void stepStarted(PlannedStep step) {
        super.stepStarted(step);
        current = step;
        startNanos = System.nanoTime();
    }

    @Override
    public synchronized void stepFinished(StepRecord record) {
        current = null;
        clear();
        super.stepFinished(record);
    }

    @Override
    public synchronized void said(String text) {
        clear();
        super.said(text);
    }

    private synchronized void draw() {
        if (current == null) {
            return;
        }
        var elapsed = (System.nanoTime() - startNanos) / 1_000_000;
        var line =
                " %2d ... %-61s %8s".formatted(current.number(), Printable.of(current.name()), Amounts.millis(elapsed));
        var width = Math.max(20, terminal.getSize().getColumns() - 1);
        clear();
        terminal.writer().print(line.length() > width ? line.substring(0, width) : line);
        terminal.flush();
    }

    private void clear() {
        terminal.puts(Capability.carriage_return);
        terminal.puts(Capability.clr_eol);
        terminal.flush();
    }

    @Override
    public synchronized void close() {
        ticker.cancel();
        current = null;
        clear();
    }
}
