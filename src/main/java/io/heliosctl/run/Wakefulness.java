package io.heliosctl.run;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Notices that this program did not run for a while: a closed laptop, SIGSTOP, a frozen virtual machine.
///
/// While a machine sleeps, its monotonic clock may stand still and its wall clock goes on; while only a process
/// sleeps, both go on. So both are watched, by a thread that looks twice a second.
public final class Wakefulness implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(500);
    private static final long LIMIT_MILLIS = 5_000;

    private final LongSupplier wallMillis;
    private final LongSupplier monotonicMillis;
    private long wall;
    private long monotonic;
    private boolean slept;
    private volatile boolean closed;

    Wakefulness(LongSupplier wallMillis, LongSupplier monotonicMillis) {
        this.wallMillis = wallMillis;
        this.monotonicMillis = monotonicMillis;
        this.wall = wallMillis.getAsLong();
        this.monotonic = monotonicMillis.getAsLong();
    }

    /// Watches until it is closed.
    public static Wakefulness watch() {
        var watch = new Wakefulness(System::currentTimeMillis, () -> System.nanoTime() / 1_000_000);
        Thread.ofPlatform().daemon().name("wakefulness").start(watch::tick);
        return watch;
    }

    /// For rehearsals, in which time does not count.
    public static Wakefulness always() {
        return new Wakefulness(() -> 0, () -> 0);
    }

    private void tick() {
        while (!closed) {
            look();
            try {
                Thread.sleep(TICK);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private synchronized void look() {
        var nowWall = wallMillis.getAsLong();
        var nowMonotonic = monotonicMillis.getAsLong();
        slept |= nowWall - wall > LIMIT_MILLIS || nowMonotonic - monotonic > LIMIT_MILLIS;
        wall = nowWall;
        monotonic = nowMonotonic;
    }

    /// True if it has slept for more than five seconds since this was last asked.
    synchronized boolean hasSlept() {
        look();
        var answer = slept;
        slept = false;
        return answer;
    }

    @Override
    public void close() {
        closed = true;
    }
}
