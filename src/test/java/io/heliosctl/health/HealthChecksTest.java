package io.heliosctl.health;

import static io.heliosctl.run.Clusters.PG1;
import static io.heliosctl.run.Clusters.PG2;
import static io.heliosctl.run.Clusters.PG3;
import static io.heliosctl.run.Clusters.PGB1;
import static io.heliosctl.run.Clusters.WRITTEN;
import static io.heliosctl.run.Clusters.answering;
import static io.heliosctl.run.Clusters.healthy;
import static io.heliosctl.run.Clusters.primary;
import static io.heliosctl.run.Clusters.standby;
import static io.heliosctl.run.Clusters.stranger;
import static io.heliosctl.run.Clusters.with;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.model.Lsn;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.NodeState.Facts;
import io.heliosctl.model.NodeState.Primary;
import io.heliosctl.model.NodeState.Sender;
import io.heliosctl.model.NodeState.Slot;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What each check says of each state of a cluster.
class HealthChecksTest {

    private static final NodeState SILENT = new NodeState.Unreachable("no answer");

    private static void says(String check, Topology topology, ServiceState state, String sentence) {
        says(check, Subjects.of(topology), state, sentence);
    }

    private static void says(String check, CheckSubject subject, ServiceState state, String sentence) {
        var result = HealthChecks.make(check, subject);
        assertEquals(state + ": " + sentence, result.severity() + ": " + result.sentence());
    }

    @Test
    void aHealthyClusterIsWell() {
        for (var check : HealthChecks.chosen(List.of())) {
            assertEquals(
                    ServiceState.OK,
                    HealthChecks.make(check, Subjects.of(healthy())).severity(),
                    check);
        }
    }

    @Test
    void thereIsOnePrimary() {
        says("primary", healthy(), ServiceState.OK, "primary pgdb1");
        says("primary", with(PG2, primary()), ServiceState.CRITICAL, "more than one node accepts writes: pgdb1, pgdb2");
        says("primary", with(PG1, standby()), ServiceState.CRITICAL, "no node is a primary");
        says("primary", with(PG1, SILENT), ServiceState.CRITICAL, "no primary was found, and pgdb1 could not be asked");
        var all = new LinkedHashMap<NodeName, NodeState>();
        healthy().nodes().keySet().forEach(name -> all.put(name, SILENT));
        var dark =
                new Topology(healthy().cluster(), Instant.EPOCH, all, healthy().poolers());
        says("primary", dark, ServiceState.UNKNOWN, "no node could be asked");
    }

    @Test
    void itIsWhereItWas() {
        var memory = CheckMemory.none().after(List.of(), Optional.of(PG2), Subjects.NOW.minusSeconds(60));
        var moved = Subjects.of(healthy(), Optional.empty(), memory);
        says("primary", moved, ServiceState.WARNING, "the primary is pgdb1 now, it was pgdb2");
        var later = memory.after(List.of(), Optional.of(PG1), Subjects.NOW.minusSeconds(90));
        says(
                "primary",
                Subjects.of(healthy(), Optional.empty(), later),
                ServiceState.WARNING,
                "the primary is pgdb1 since 1 min 30 s");
        var old = memory.after(List.of(), Optional.of(PG1), Subjects.NOW.minusSeconds(601));
        says("primary", Subjects.of(healthy(), Optional.empty(), old), ServiceState.OK, "primary pgdb1");
        says(
                "primary",
                Subjects.of(healthy(), Optional.of(PG3), memory),
                ServiceState.CRITICAL,
                "the primary is pgdb1, not pgdb3");
        says("primary", Subjects.of(healthy(), Optional.of(PG1), memory), ServiceState.OK, "primary pgdb1");
    }

    @Test
    void standbysStream() {
        says("standbys", healthy(), ServiceState.OK, "2 standbys stream");
        says("standbys", with(PG2, SILENT), ServiceState.WARNING, "1 of 2 standbys stream: pgdb2 could not be asked");
        var none = new LinkedHashMap<>(with(PG2, SILENT).nodes());
        none.put(PG3, standby(WRITTEN, Optional.empty(), 3, NodeState.ReplayPause.NOT_PAUSED, Duration.ZERO));
        says(
                "standbys",
                new Topology(healthy().cluster(), Instant.EPOCH, none, Map.of()),
                ServiceState.CRITICAL,
                "0 of 2 standbys stream: pgdb2 could not be asked, pgdb3 does not stream");
    }

    @Test
    void standbysAreNotFarBehind() {
        var far = standby(
                new Lsn(WRITTEN.value() - (20 << 20)),
                Optional.of("streaming"),
                3,
                NodeState.ReplayPause.NOT_PAUSED,
                Duration.ZERO);
        says("lag", with(PG2, far), ServiceState.WARNING, "pgdb2 is 20 MB behind");
        says("lag", with(PG1, SILENT), ServiceState.UNKNOWN, "there is not one primary to compare with");
    }

    @Test
    void allAreOnOneTimeline() {
        var other = standby(WRITTEN, Optional.of("streaming"), 2, NodeState.ReplayPause.NOT_PAUSED, Duration.ZERO);
        says("timeline", with(PG2, other), ServiceState.CRITICAL, "pgdb2 is on timeline 2, the primary on 3");
        says("timeline", with(PG2, stranger()), ServiceState.CRITICAL, "pgdb2 belongs to another database cluster");
    }

    @Test
    void poolersLeadToThePrimary() {
        says("poolers", with(PGB1, answering("10.0.1.11", true)), ServiceState.CRITICAL, "pooler pgb1 is paused");
        says(
                "poolers",
                with(PGB1, answering("10.0.1.12", false)),
                ServiceState.CRITICAL,
                "pooler pgb1 leads to pgdb2, which is not the primary");
        says(
                "poolers",
                with(PGB1, new PoolerState.Unreachable("no answer")),
                ServiceState.CRITICAL,
                "pooler pgb1 could not be asked");
    }

    @Test
    void slotsAreUsedAndKeepLittle() {
        var idle = new Slot("old", false, false, Optional.of(new Lsn(0)));
        var restart = new Lsn(WRITTEN.value() - 100);
        says(
                "slots",
                with(PG1, server(List.of(), List.of(idle), Map.of(), false)),
                ServiceState.WARNING,
                "nobody uses slot old on pgdb1");
        says(
                "slots",
                with(
                        PG1,
                        server(List.of(), List.of(new Slot("s", false, true, Optional.of(restart))), Map.of(), false)),
                ServiceState.OK,
                "replication slots are in use and keep little WAL");
    }

    @Test
    void walIsArchived() {
        says(
                "archive",
                with(PG1, server(List.of(), List.of(), Map.of("archive_mode", "on"), true)),
                ServiceState.WARNING,
                "the last attempt to archive failed");
        says(
                "archive",
                with(PG1, server(List.of(), List.of(), Map.of("archive_mode", "off"), false)),
                ServiceState.OK,
                "archiving is off");
    }

    @Test
    void commitsAreConfirmed() {
        var settings = Map.of("synchronous_standby_names", "ANY 2 (pgdb2, pgdb3)");
        var quorum = new Sender("pgdb2", Optional.empty(), "streaming", "quorum", Optional.empty());
        says(
                "sync",
                with(PG1, server(List.of(quorum), List.of(), settings, false)),
                ServiceState.CRITICAL,
                "1 of the 2 standbys that commits wait for confirm them");
        says(
                "sync",
                with(PG1, server(List.of(quorum, quorum), List.of(), settings, false)),
                ServiceState.OK,
                "replication is synchronous");
        says(
                "sync",
                with(PG1, server(List.of(), List.of(), Map.of("synchronous_standby_names", "pgdb2"), false)),
                ServiceState.CRITICAL,
                "0 of the 1 standbys that commits wait for confirm them");
    }

    @Test
    void aWriteLandsOnThePrimary() {
        says("write", healthy(), ServiceState.OK, "clients can write through every pooler");
    }

    private static Primary server(
            List<Sender> senders, List<Slot> slots, Map<String, String> settings, boolean failing) {
        var state = primary();
        var facts = new Facts(settings, failing, 0, List.of(), List.of(), Optional.empty());
        return new Primary(state.identity(), state.written(), senders, slots, facts);
    }
}
