package io.heliosctl.postgres;

import io.heliosctl.model.Amounts;
import io.heliosctl.model.Deadline;
import io.heliosctl.remote.Coprocess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Ends programs on hosts once their time is over, or once nothing has come of them for a while: whoever reads
/// from one or writes to one is let go.
final class Watchdog implements AutoCloseable {

    private final Duration limit;
    private final Duration silence;
    private final Deadline deadline;
    private final List<Coprocess> programs = new ArrayList<>();
    private final Thread thread;
    private volatile Deadline next;
    private boolean passed;

    private Watchdog(Duration limit, Duration silence) {
        this.limit = limit;
        this.silence = silence;
        this.deadline = Deadline.in(limit);
        this.next = Deadline.in(silence);
        this.thread = Thread.ofVirtual().unstarted(this::watch);
    }

    /// @param silence how long nothing may come
    static Watchdog in(Duration limit, Duration silence) {
        var watch = new Watchdog(limit, silence);
        watch.thread.start();
        return watch;
    }

    /// Something has come.
    void progress() {
        next = Deadline.in(silence);
    }

    /// Ends that program too, at the latest when this is closed.
    ///
    /// @throws IOException if the time is over
    synchronized Coprocess over(Coprocess program) throws IOException {
        if (passed) {
            program.close();
            throw late();
        }
        progress();
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
        return new IOException(
                deadline.hasPassed()
                        ? "it took longer than " + Amounts.time(limit)
                        : "nothing came for " + Amounts.time(silence));
    }

    private void watch() {
        try {
            while (!deadline.hasPassed() && !next.hasPassed()) {
                var rest = next.left();
                Thread.sleep(rest.compareTo(deadline.left()) < 0 ? rest : deadline.left());
            }
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
