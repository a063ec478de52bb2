package io.heliosctl.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Backends that live on after their postmaster was killed, which could still commit.
class LeftoversTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final long INODE = 2_555_922;
    private static final int PORT = 5432;

    @Test
    @Tag("loopback")
    void aBackendThatStandsStillIsFoundWithAndWithoutItsPidFile() throws IOException {
        try (var lab = new Lab()) {
            var node = lab.primary("pgdb1");
            var another = lab.primary("pgdb2");
            var server = lab.server(node);
            var backend = orphan(lab, lab.data(node));
            try {
                requireLeft(server);
                lab.sh("rm \"$1/postmaster.pid\"", lab.data(node));
                requireLeft(server);
            } finally {
                lab.sh("kill -s CONT \"$1\"", backend);
            }
            server.awaitNothingLeft(LIMIT);
            assertTrue(lab.psql(another, "select 1").contains("1"));
        }
    }

    private static void requireLeft(PostgresServer server) {
        var refused = assertThrows(ProblemException.class, () -> server.awaitNothingLeft(SHORT));
        assertEquals("still-running", refused.problems().getFirst().code());
        assertEquals(
                "pgdb1 has not ended within 300 ms",
                refused.problems().getFirst().message());
    }

    /// A backend that stands still, alone.
    private static String orphan(Lab lab, String data) {
        return lab.sh("""
                        postmaster=$(head -n 1 "$1/postmaster.pid")
                        setsid psql -X -U postgres -h "$(sed -n 5p "$1/postmaster.pid")" -p "$(sed -n 4p "$1/postmaster.pid")" \\
                          -c 'select pg_sleep(600)' postgres </dev/null >/dev/null 2>&1 &
                        until backend=$(pgrep -P "$postmaster" -f SELECT); do sleep 0.05; done
                        others=$(pgrep -P "$postmaster" | grep -vx "$backend")
                        kill -s STOP "$backend"
                        kill -s KILL "$postmaster"
                        for process in $others; do while kill -0 "$process" 2>/dev/null; do sleep 0.05; done; done
                        echo "$backend"
                        """, data).strip();
    }

    @Test
    void itsMemoryIsKnownByTheInodeOfItsDirectory() {
        assertTrue(segment(INODE).mayBeOf(Optional.of(INODE), PORT));
        assertTrue(segment(INODE + 1).mayBeOf(Optional.of(INODE), PORT));
        assertFalse(segment(INODE - 1).mayBeOf(Optional.of(INODE), PORT));
        assertFalse(segment(INODE + 9).mayBeOf(Optional.of(INODE), PORT));
        assertTrue(segment(INODE).mayBeOf(Optional.of((1L << 32) + INODE), PORT));
    }

    @Test
    void beforePostgres12ItIsKnownByItsPort() {
        assertTrue(segment(5_432_001).mayBeOf(Optional.empty(), PORT));
        assertFalse(segment(5_433_001).mayBeOf(Optional.empty(), PORT));
    }

    /// After a reboot ids are given anew.
    @Test
    void anIdAloneIsAnothersMemory() {
        var file = "457\n/data\n1795289736\n5432\n/run\nlocalhost\n   %d         7\nready\n";
        assertTrue(segment(INODE).isSame(SharedMemory.named(file.formatted(INODE))));
        assertFalse(segment(INODE).isSame(SharedMemory.named(file.formatted(INODE + 1))));
        assertTrue(segment(-7).isSame(SharedMemory.named("1\n2\n3\n4\n5\n6\n18446744073709551609 7\n")));
        assertTrue(segment(-7).mayBeOf(Optional.of((1L << 32) - 7), PORT));
        assertEquals(Optional.empty(), SharedMemory.named("457\n/data\n"));
    }

    @Test
    void readsWhatTheKernelShows() {
        var shown = """
                       key      shmid perms                  size  cpid  lpid nattch   uid   gid
                   2555922          7   600                    56   667   763      1   101   104
                """;
        assertEquals(List.of(new SharedMemory(INODE, 7, 667, 1)), SharedMemory.parse(shown));
    }

    private static SharedMemory segment(long key) {
        return new SharedMemory(key, 7, 667, 1);
    }
}
