package io.heliosctl.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.control.HostJob.Kind;
import io.heliosctl.model.ProblemException;
import io.heliosctl.remote.Command;
import io.heliosctl.remote.LocalRemote;
import io.heliosctl.remote.Privilege;
import io.heliosctl.remote.Ran;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The scripts of long commands on a real shell.
@Timeout(60)
class HostJobTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final LocalRemote remote = new LocalRemote("here");
    private final String word = "--target=" + UUID.randomUUID();
    private final HostJob job = job("run-1");

    @AfterEach
    void forget() {
        job.forget();
    }

    @Test
    void whatWasNeverBegunIsNotThere() {
        assertEquals(Kind.NONE, job.state().kind());
    }

    @Test
    void itsEndAndItsOutputAreKeptUntilTheyAreForgotten() {
        job.begin(List.of(sh("echo seen; echo wrong >&2; exit 7")));
        var state = job.await(LIMIT, _ -> {});
        assertEquals(Kind.ENDED, state.kind());
        assertEquals(7, state.status());
        assertEquals("seen\nwrong\n", state.output());
        job.forget();
        assertEquals(Kind.NONE, job.state().kind());
    }

    @Test
    void theFirstCommandThatFailsIsTheLast() {
        job.begin(List.of(sh("echo one"), sh("echo two; exit 3"), sh("echo three")));
        var state = job.await(LIMIT, _ -> {});
        assertEquals("one\ntwo\n", state.output());
        assertEquals(3, state.status());
        assertFalse(state.hasSucceeded());
    }

    /// Whoever comes back begins nothing a second time, and another run sees that one is at work.
    @Test
    void itIsBegunOnce() {
        job.begin(List.of(sh("echo once; " + untilReleased())));
        job.begin(List.of(sh("echo twice")));
        assertTrue(job.state().isRunning());
        assertTrue(job("run-2").state().isRunning());
        release();
        assertEquals("once\n", job.await(LIMIT, _ -> {}).output());
        assertEquals(Kind.NONE, job("run-2").state().kind());
    }

    /// Its process ID alone would prove nothing: sudo's child lives on without sudo.
    @Test
    void whatIsGoneWithoutAStatusIsLost() {
        job.begin(List.of(sh("kill -KILL $PPID; exit 0")));
        var state = job.await(LIMIT, _ -> {});
        assertEquals(Kind.LOST, state.kind());
        assertFalse(state.hasSucceeded());
    }

    @Test
    void waitingTooLongLeavesItAtWork() {
        job.begin(List.of(sh(untilReleased())));
        var refused = assertThrows(ProblemException.class, () -> job.await(Duration.ofMillis(100), _ -> {}));
        assertEquals("job-running", refused.problems().getFirst().code());
        release();
        assertTrue(job.await(LIMIT, _ -> {}).hasSucceeded());
    }

    private String untilReleased() {
        return "until [ -e /tmp/%1$s ]; do sleep 0.05; done; rm -f /tmp/%1$s".formatted(word);
    }

    private void release() {
        text("touch /tmp/" + word);
    }

    @Test
    void itsProgressIsReadInBytes() {
        var output = "10240/81920 kB (12%), 0/1 tablespace\n81920/81920 kB (100%), 1/1 tablespace\n";
        assertEquals(Optional.of("80 MB"), HostJob.copied(output));
        assertEquals(Optional.of("81920 of 81920 kB copied (100 %)"), HostJob.progress(output));
        assertEquals(Optional.empty(), HostJob.copied("pg_rewind: no rewind required"));
    }

    /// What somebody else has put into its place is not taken for it.
    @Test
    void aDirectoryOfSomebodyElseIsNotUsed() {
        var place =
                text("for d in /run/lock /tmp; do [ -z \"$(find $d/. -prune -type d -perm -1003)\" ] || break; done; echo $d")
                        .strip();
        var stolen = place + "/" + job.key() + ".job." + job.name();
        assertTrue(new File(stolen).mkdir());
        try {
            if (text("[ -O '" + stolen + "' ] && echo ours").isEmpty()) {
                assertThrows(ProblemException.class, () -> job.begin(List.of(sh("exit 0"))));
            }
        } finally {
            assertTrue(new File(stolen).delete());
        }
    }

    private String text(String script) {
        return remote.run(Command.script(script)) instanceof Ran.Exited exited ? exited.text() : "";
    }

    private HostJob job(String run) {
        return new HostJob(remote, "heliosctl-test", "pgdb1.test." + run + "." + word.substring(9), word);
    }

    /// The word is one of its words, as that of pg_rewind is.
    private Privilege sh(String script) {
        return new Privilege(remote.user(), List.of("/bin/sh", "-c", script, "sh", word));
    }
}
