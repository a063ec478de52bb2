package io.heliosctl.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.Lsn;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.ServerVersion;
import io.heliosctl.model.Timeline;
import io.heliosctl.remote.DiskSpace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostFactsTest {

    @Test
    void aUnitOfDebianIsRead() {
        assertEquals(
                new ServiceFacts("loaded", "active", "on-failure", Optional.of(Duration.ofHours(1))),
                ServiceFacts.parse("Restart=on-failure\nTimeoutStopUSec=1h\nLoadState=loaded\nActiveState=active\n"));
    }

    @Test
    void timeSpansOfSystemdAreRead() {
        assertEquals(Optional.of(Duration.ofSeconds(90)), stopTimeout("1min 30s"));
        assertEquals(Optional.of(Duration.ofMillis(1500)), stopTimeout("1.5s"));
        assertEquals(Optional.of(Duration.ofMillis(250)), stopTimeout("250ms"));
        assertEquals(Optional.of(Duration.ofDays(8)), stopTimeout("1w 1d"));
        assertEquals(Optional.empty(), stopTimeout("infinity"));
    }

    @Test
    void onlyUnitsThatRestartAfterACleanEndAreStoppedBySystemd() {
        assertTrue(ServiceFacts.parse("Restart=always").restartsAfterStop());
        assertTrue(ServiceFacts.parse("Restart=on-success").restartsAfterStop());
        assertFalse(ServiceFacts.parse("Restart=on-failure").restartsAfterStop());
        assertFalse(ServiceFacts.parse("Restart=no").restartsAfterStop());
    }

    @Test
    void freeSpaceIsRead() {
        assertEquals(List.of(new DiskSpace(1024L * 1000, 1024L * 400, "/var/lib/postgresql")), DiskSpace.parse("""
                        Filesystem     1024-blocks    Used Available Capacity Mounted on
                        /dev/vda1             1000     600       400      60% /var/lib/postgresql
                        """));
        assertThrows(ProblemException.class, () -> DiskSpace.parse(""));
    }

    @Test
    void versionsOfProgramsAreRead() {
        assertEquals(new ServerVersion(150018), version("pg_ctl (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"));
        assertEquals(new ServerVersion(90624), version("pg_ctl (PostgreSQL) 9.6.24\n"));
        assertEquals(new ServerVersion(180000), version("pg_ctl (PostgreSQL) 18beta1\n"));
        assertThrows(ProblemException.class, () -> version("sh: pg_ctl: not found"));
    }

    @Test
    void filesOfWalAreNamedAsTheServerNamesThem() {
        assertEquals("00000001000000000000000C", segment(1, "0/C000028", 16 << 20));
        assertEquals("0000000A000000B3000000FF", segment(10, "B3/FF000028", 16 << 20));
        assertEquals("0000000100000001" + "00000003", segment(1, "1/C0000028", 1 << 30));
        assertEquals("00000001FFFFFFFF000000FF", segment(1, "FFFFFFFF/FF000028", 16 << 20));
    }

    private static String segment(int timeline, String position, long size) {
        return WalSegment.name(new Timeline(timeline), Lsn.parse(position), size);
    }

    private static ServerVersion version(String text) {
        return ProgramVersion.parse(text);
    }

    private static Optional<Duration> stopTimeout(String text) {
        return ServiceFacts.parse("TimeoutStopUSec=" + text).stopTimeout();
    }
}
