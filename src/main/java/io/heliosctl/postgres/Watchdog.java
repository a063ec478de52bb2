package io.heliosctl.postgres;

import io.heliosctl.remote.Coprocess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Ends programs on hosts once their time is over: whoever reads from one or writes to one is let go.
final class Watchdog implements AutoCloseable {

    private final Duration limit;
    private final Deadline deadline;
    private final List<Coprocess> programs = new ArrayList<>();
    private final Thread thread;
    private boolean passed;

    private Watchdog(Duration limit) {
        this.limit = limit;
        this.deadline = Deadline.in(limit);
        this.thread = Thread.ofVirtual().unstarted(this::watch);
    }

    static Watchdog in(Duration limit) {
        var watch = new Watchdog(limit);
        watch.thread.start();
        return watch;
    }

    /// Ends that program too, at the latest when this is closed.
    ///
    /// @throws IOException if the time is over
    synchronized Coprocess over(Coprocess program) throws IOException {
        if (passed) {
            program.close();
            throw late();
        }
        programs.removeIf(each -> !each.isOpen());
        programs.add(program);
        return program;
    }

    /// @throws IOException if the time is over: what was read or written last may be cut off
    synchronized void require() throws IOException {
        if (passed) {
            throw late();
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new IOException("it was interrupted");
        }
    }

    Duration left() {
        return deadline.left();
    }

    private IOException late() {
        return new IOException("it took longer than " + io.heliosctl.model.Amounts.time(limit));
    }

    private void watch() {
        try {
            Thread.sleep(deadline.left());
        } catch (InterruptedException _) {
            return;
        }
        synchronized (this) {
            passed = true;
            programs.forEach(Coprocess::close);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        synchronized (this) {
            programs.forEach(Coprocess::close);
        }
    }
}
