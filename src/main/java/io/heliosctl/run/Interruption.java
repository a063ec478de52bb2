package io.heliosctl.run;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/// A wish to stop, from Ctrl-C or a signal. It is asked for between steps, and cuts short what may be cut
/// short: a PAUSE that waits. Every other step has a deadline of its own.
public final class Interruption {

    private final Set<Thread> cancellable = new HashSet<>();
    private String by = "";

    /// Asks the run to stop.
    ///
    /// @param signal what it was, for people: `Ctrl-C`
    public synchronized void request(String signal) {
        if (by.isEmpty()) {
            by = signal;
            cancellable.forEach(Thread::interrupt);
        }
    }

    public synchronized boolean requested() {
        return !by.isEmpty();
    }

    synchronized Problem problem() {
        return Problem.error("interrupted", "stopped by " + by);
    }

    /// Does what may be cut short; its thread is interrupted when the run is asked to stop.
    ///
    /// @throws ProblemException if that was asked for already; nothing is done then
    <T> T cancellable(Supplier<T> work) {
        synchronized (this) {
            if (requested()) {
                throw new ProblemException(problem());
            }
            cancellable.add(Thread.currentThread());
        }
        try {
            return work.get();
        } finally {
            synchronized (this) {
                cancellable.remove(Thread.currentThread());
                // What comes next, such as taking back, must not be interrupted.
                Thread.interrupted();
            }
        }
    }
}
