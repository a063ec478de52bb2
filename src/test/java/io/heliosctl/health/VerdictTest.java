package io.heliosctl.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.model.Diagnosis;
import io.heliosctl.model.Divergence;
import io.heliosctl.model.Histories;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Timeline;
import io.heliosctl.run.Clusters;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What an observation means.
class VerdictTest {

    /// Its walreceiver streams up to the fork and over again, so at one moment it looks well.
    @Test
    void aStandbyThatWasLeftBehindIsNotWell() {
        var healthy = Clusters.healthy();
        assertEquals(Diagnosis.HEALTHY, Verdict.of(healthy).diagnosis());
        var left = new Divergence(
                Clusters.PG2,
                new Timeline(2),
                Clusters.PG1,
                new Timeline(3),
                Lsn.parse("0/5000000"),
                Lsn.parse("0/5000138"),
                true,
                Lsn.parse("0/6000000"),
                Optional.of(3L),
                "");
        var verdict = Verdict.of(healthy, new Histories(Optional.of(Clusters.PG1), "", List.of(left), List.of()));
        assertEquals(Diagnosis.DEGRADED, verdict.diagnosis());
        assertEquals(
                List.of("pgdb2 has 3 transactions (312 B of WAL) that pgdb1 does not have"),
                verdict.problems().stream().map(Problem::message).toList());
    }
}
