package io.heliosctl.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.model.Problem;
import io.heliosctl.remote.DiskSpace;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpaceProofTest {

    @ParameterizedTest
    @CsvSource({"255, disk-full", "256, disk-low", "1023, disk-low"})
    void littleRoomIsTold(long mebibytes, String code) {
        var findings = SpaceProof.ofServer("pgdb2", List.of(disk(mebibytes, "/var/lib/postgresql")));

        assertEquals(
                List.of(code), findings.problems().stream().map(Problem::code).toList());
        assertEquals(List.of(), findings.proofs());
    }

    @Test
    void theFullerOfTwoDisksCounts() {
        var findings = SpaceProof.ofServer("pgdb2", List.of(disk(4096, "/var/lib/postgresql"), disk(10, "/wal")));

        assertEquals(
                List.of("10 MiB free in /wal, of 8.0 GiB; 256 MiB are needed."),
                findings.problems().stream().map(Problem::detail).toList());
        assertEquals(List.of(new Proof("pgdb2", "4.0 GiB free in /var/lib/postgresql")), findings.proofs());
    }

    @Test
    void aConfigurationFileNeedsLittle() {
        assertEquals(
                List.of(new Proof("pgb1", "1 MiB free in /etc")),
                SpaceProof.ofFiles("pgb1", disk(1, "/etc")).proofs());
        assertEquals(
                List.of("disk-full"),
                SpaceProof.ofFiles("pgb1", disk(0, "/etc")).problems().stream()
                        .map(Problem::code)
                        .toList());
    }

    private static DiskSpace disk(long mebibytes, String mountedOn) {
        return new DiskSpace(8L << 30, mebibytes << 20, mountedOn);
    }
}
