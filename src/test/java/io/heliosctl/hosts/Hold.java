package io.heliosctl.hosts;

import io.heliosctl.bed.Await;
import io.heliosctl.bed.Fault;
import io.heliosctl.bed.Faults;
import io.heliosctl.bed.Host;
import java.time.Duration;

/// A program on a host that waits at its call until it is let go: a run stands still at a known place, and the
/// test may do something to the cluster.
record Hold(Host host, Fault fault) implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /// Holds the program when its words, joined by blanks, match that shell pattern.
    static Hold of(Host host, String program, String pattern) {
        host.succeed("rm -f /tmp/held /tmp/go");
        var wait = "touch /tmp/held; while [ ! -e /tmp/go ]; do sleep 0.02; done";
        return new Hold(host, Faults.before(host, program, pattern, wait));
    }

    /// Returns when the program has been called.
    void awaitHeld() {
        Await.until(
                "the program is called",
                LIMIT,
                () -> host.run("test -e /tmp/held").ok(),
                () -> host.name());
    }

    void letGo() {
        host.succeed("touch /tmp/go");
    }

    @Override
    public void close() {
        letGo();
        fault.close();
        host.run("rm -f /tmp/held /tmp/go");
    }
}
