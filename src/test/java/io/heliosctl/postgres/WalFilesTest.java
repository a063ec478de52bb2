package io.heliosctl.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.Lsn;
import io.heliosctl.model.Node;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.SystemId;
import io.heliosctl.model.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The WAL of a real server that was stopped without warning: where it ends, and what a standby makes of it.
@Tag("loopback")
class WalFilesTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Timeline FIRST = new Timeline(1);
    private static final long SIZE = 16 << 20;
    private static final long PAGE = 8192;
    private static final Pattern WALDUMP_END = Pattern.compile("error in WAL record at [0-9A-F/]+: .* at ([0-9A-F/]+)");
    private static final String MESSAGE = "select pg_logical_emit_message(false, 'test', repeat('x', %d))";

    private Lab lab;
    private Node primary;

    @BeforeEach
    void start() throws IOException {
        lab = new Lab();
        primary = lab.primary("pgdb1");
        lab.psql(primary, "alter system set wal_keep_size = '1GB'");
        lab.psql(primary, "select pg_reload_conf()");
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    @Test
    void theEndIsWherePostgresqlFindsIt() {
        var begin = position(primary);
        for (int length : new int[] {1, 100, 8_000, 8_192, 100_000, 1_000_000}) {
            lab.psql(primary, MESSAGE.formatted(length));
        }
        var middle = position(primary);
        lab.psql(primary, "select pg_switch_wal()");
        lab.psql(primary, "insert into notes select repeat('y', 1000) from generate_series(1, 20000)");
        lab.psql(primary, "checkpoint");
        lab.psql(primary, "select pg_switch_wal()");
        lab.psql(primary, "insert into notes select repeat('z', 1000) from generate_series(1, 5000)");
        crash(primary);
        var expected = waldumpEnd(begin);
        assertTrue(expected.isPast(middle));
        assertEquals(expected, end(begin));
        assertEquals(expected, end(middle));
        assertEquals(expected, end(expected));
    }

    /// A record longer than a segment: the one that a position lies in may have no beginning of a record at
    /// all.
    @Test
    void aRecordMayFillWholeSegments() {
        var begin = position(primary);
        lab.psql(primary, MESSAGE.formatted(3 * SIZE));
        lab.psql(primary, "insert into notes values ('behind it')");
        crash(primary);
        var expected = waldumpEnd(begin);
        assertEquals(expected, end(begin));
        assertEquals(expected, end(new Lsn(begin.value() + SIZE)));
        assertEquals(expected, end(new Lsn((begin.value() / SIZE + 2) * SIZE)));
    }

    /// A crash has cut off a record at the end of a segment; the server has gone on behind what is there of it.
    @Test
    void aRecordThatWasCutOffIsPassedOver() {
        var begin = position(primary);
        lab.psql(primary, MESSAGE.formatted(SIZE));
        crash(primary);
        lab.sh("rm \"$1\"", segment(primary, new Lsn(begin.value() + SIZE)));
        var cut = end(begin);
        assertTrue(new Lsn(begin.value() + SIZE).isPast(cut));
        lab.start(primary);
        lab.psql(primary, "insert into notes values ('behind it')");
        var written = position(primary);
        crash(primary);
        assertTrue(!written.isPast(end(begin)), () -> end(begin) + " lies before " + written);
        assertEquals(waldumpEnd(new Lsn((begin.value() / SIZE + 1) * SIZE)), end(begin));
    }

    /// What was read once is not read again, wherever it ended.
    @Test
    void whatWasWrittenSinceIsReadFromThere() {
        var begin = position(primary);
        var before = new ArrayList<WalRead>();
        for (int length : new int[] {1, 8_000, 100_000, 3 * (int) SIZE}) {
            lab.psql(primary, MESSAGE.formatted(length));
            before.add(read(begin));
        }
        lab.psql(primary, "select pg_switch_wal()");
        before.add(read(begin));
        lab.psql(primary, "insert into notes values ('since')");
        crash(primary);
        var last = read(begin);
        before.add(last);
        assertEquals(waldumpEnd(begin), last.end());
        assertEquals(0, before.get(4).end().value() % SIZE);
        before.forEach(each -> assertEquals(last, readOn(each), each::toString));
        // A record that does not name the one before it is of another time.
        var first = before.getFirst();
        var strange = new WalRead(
                first.first(), first.end(), first.last() - 8, first.pageSize(), first.magic(), first.order());
        assertEquals("wal-unreadable", code(() -> readOn(strange)));
        lab.sh("rm \"$1\"", segment(primary, last.end()));
        assertEquals("wal-unreadable", code(() -> readOn(last)));
    }

    /// A server writes in order, so WAL behind a damaged place was acknowledged, perhaps: then nothing is
    /// promised.
    @Test
    void whatIsDamagedIsNotTakenForTheEnd() {
        var begin = position(primary);
        lab.psql(primary, "insert into notes values ('before')");
        var damaged = position(primary);
        lab.psql(primary, MESSAGE.formatted(100_000));
        lab.psql(primary, "insert into notes values ('behind it')");
        crash(primary);
        end(begin);
        lab.sh(
                "printf y | dd of=\"$1\" bs=1 seek=$(($2 + 5000)) conv=notrunc 2>/dev/null",
                segment(primary, damaged),
                Long.toString(damaged.value() % SIZE));
        var refused = assertThrows(ProblemException.class, () -> end(begin));
        assertTrue(
                refused.problems().getFirst().detail().contains("does not follow it"),
                () -> refused.problems().toString());
    }

    /// A file is used again for later segments: what it held before lies behind the end.
    @Test
    void anOldPageIsTakenForTheEnd() {
        var begin = position(primary);
        lab.psql(primary, MESSAGE.formatted(20_000));
        var last = position(primary);
        lab.psql(primary, MESSAGE.formatted(PAGE - last.value() % PAGE + 500));
        lab.psql(primary, "insert into notes values ('behind it')");
        crash(primary);
        assertTrue(end(begin).isPast(last));
        var page = last.value() % SIZE / PAGE;
        lab.sh(
                "dd if=\"$1\" of=\"$1\" bs=8192 count=1 skip=\"$2\" seek=\"$3\" conv=notrunc 2>/dev/null",
                segment(primary, last),
                Long.toString(page - 1),
                Long.toString(page + 1));
        assertEquals(last, end(begin));
    }

    @Test
    void theWalOfAnotherClusterIsNotRead() {
        var begin = position(primary);
        crash(primary);
        end(begin);
        assertEquals(
                "wal-unreadable",
                code(() -> new WalFiles(primary, lab.remote).read(new SystemId("42"), FIRST, begin, SIZE, LIMIT)));
    }

    @Test
    void aMissingSegmentIsNotTakenForTheEnd() {
        var begin = position(primary);
        lab.psql(primary, MESSAGE.formatted(3 * SIZE));
        lab.psql(primary, "insert into notes values ('behind it')");
        crash(primary);
        end(begin);
        lab.sh("rm \"$1\"", segment(primary, new Lsn(begin.value() + SIZE)));
        assertEquals("wal-unreadable", code(() -> end(begin)));
    }

    @Test
    void whatCannotBeReadToItsEndIsNoEnd() {
        var begin = position(primary);
        lab.psql(primary, MESSAGE.formatted(100_000));
        crash(primary);
        assertEquals("wal-unreadable", code(() -> end(new Lsn(begin.value() + 100 * SIZE + 1))));
        lab.sh("truncate -s 100000 \"$1\"", segment(primary, begin));
        assertEquals("wal-unreadable", code(() -> end(begin)));
        lab.sh("touch \"$1/pg_wal/00000002.history\"", lab.data(primary));
        var refused = assertThrows(ProblemException.class, () -> end(begin));
        assertTrue(refused.problems().getFirst().detail().contains("newer timeline"));
    }

    @Test
    void aStandbyReplaysWhatItIsGiven() {
        var standby = behind();
        var server = lab.server(standby);
        var from = server.received();
        lab.psql(primary, "insert into notes select repeat('x', 1000) from generate_series(1, 40000)");
        lab.psql(primary, "select pg_switch_wal()");
        lab.psql(primary, "insert into notes values ('the last')");
        crash(primary);
        var end = end(from);
        assertTrue(new WalCopy.Range(FIRST, from, end, SIZE).space() >= 2 * SIZE);
        copy(standby, from, end);
        server.walSupply().awaitReplayed(end, LIMIT);
        assertEquals(end, server.received());
        assertEquals("40001", lab.psql(standby, "select count(*) from notes"));
        assertEquals("600", lab.sh("stat -c %a \"$1\"", segment(standby, end)));
        assertEquals("", lab.sh("ls \"$1/pg_wal\" | grep heliosctl || true", lab.data(standby)));
    }

    /// Nothing is written before its time, and then no more than what is lacking.
    @Test
    void whatLiesBehindTheEndStaysAsItIs() {
        var standby = behind();
        var from = lab.server(standby).received();
        lab.psql(primary, "insert into notes select repeat('x', 1000) from generate_series(1, 100)");
        crash(primary);
        var end = end(from);
        var file = segment(standby, from);
        lab.sh("printf own | dd of=\"$1\" bs=1 seek=$((16777216 - 3)) conv=notrunc 2>/dev/null", file);
        var before = lab.sh("stat -c %i \"$1\" && sha256sum < \"$1\"", file);
        var copy = started(standby, from, end);
        copy.prepare(LIMIT);
        assertEquals(before, lab.sh("stat -c %i \"$1\" && sha256sum < \"$1\"", file));
        copy.make(() -> {}, LIMIT);
        assertEquals("own", lab.sh("tail -c 3 \"$1\"", file));
        assertEquals("16777216", lab.sh("stat -c %s \"$1\"", file));
        lab.server(standby).walSupply().awaitReplayed(end, LIMIT);
        assertEquals("100", lab.psql(standby, "select count(*) from notes"));
    }

    /// A copy that was cut off is taken up by the next one.
    @Test
    void whatIsThereInPartIsCompleted() {
        var standby = behind();
        var from = lab.server(standby).received();
        lab.psql(primary, "insert into notes select repeat('x', 1000) from generate_series(1, 100)");
        var middle = position(primary);
        lab.psql(primary, "insert into notes select repeat('x', 1000) from generate_series(1, 100)");
        crash(primary);
        var end = end(from);
        copy(standby, from, new Lsn((from.value() + middle.value()) / 2));
        copy(standby, from, end);
        lab.server(standby).walSupply().awaitReplayed(end, LIMIT);
        assertEquals("200", lab.psql(standby, "select count(*) from notes"));
    }

    /// Of two servers that have parted, one has other bytes where both have written.
    @Test
    void otherBytesAreNeverOverwritten() {
        var standby = behind();
        var server = lab.server(standby);
        var from = server.received();
        lab.psql(primary, "insert into notes values ('x')");
        crash(primary);
        var end = end(from);
        var file = segment(standby, from);
        lab.sh("printf x | dd of=\"$1\" bs=1 seek=100 conv=notrunc 2>/dev/null", file);
        var before = lab.sh("sha256sum < \"$1\"", file);
        assertEquals("wal-not-copied", code(() -> copy(standby, from, end)));
        assertEquals(before, lab.sh("sha256sum < \"$1\"", file));
        assertEquals("", lab.sh("ls \"$1/pg_wal\" | grep heliosctl || true", lab.data(standby)));
    }

    @Test
    void whoeverIsNotIdleIsGivenNothing() {
        var standby = behind();
        var from = lab.server(standby).received();
        lab.psql(primary, "insert into notes values ('x')");
        crash(primary);
        var end = end(from);
        var before = lab.sh("sha256sum < \"$1\"", segment(standby, from));
        assertThrows(
                IllegalStateException.class,
                () -> copy(standby, from, end, () -> {
                    throw new IllegalStateException("not idle");
                }));
        assertEquals(before, lab.sh("sha256sum < \"$1\"", segment(standby, from)));
    }

    /// A standby that streams no more.
    private Node behind() {
        var standby = lab.standby("pgdb2", primary);
        lab.psql(primary, "create table streamed ()");
        Eventually.matches(
                () -> lab.psql(standby, "select count(*) from pg_class where relname = 'streamed'"), "1"::equals);
        lab.sh("printf \"primary_conninfo = ''\\n\" >> \"$1/postgresql.auto.conf\"", lab.data(standby));
        lab.psql(standby, "select pg_reload_conf()");
        Eventually.matches(() -> lab.psql(standby, "select count(*) from pg_stat_wal_receiver"), "0"::equals);
        return standby;
    }

    private void copy(Node standby, Lsn from, Lsn end) {
        copy(standby, from, end, () -> {});
    }

    private void copy(Node standby, Lsn from, Lsn end, Runnable idle) {
        started(standby, from, end).make(idle, LIMIT);
    }

    private WalCopy started(Node standby, Lsn from, Lsn end) {
        return new WalFiles(primary, lab.remote)
                .copy(new WalFiles(standby, lab.remote), new WalCopy.Range(FIRST, from, end, SIZE));
    }

    /// Such as a walreceiver that has come back, or a command that arrives long after it was sent.
    @Test
    void whatWasWrittenToMeanwhileIsNotReplaced() {
        var standby = behind();
        lab.psql(primary, "select pg_switch_wal()");
        lab.psql(primary, "insert into notes values ('x')");
        crash(primary);
        var from = lab.server(standby).received();
        var end = end(from);
        var file = segment(standby, end);
        assertEquals(SIZE, new WalCopy.Range(FIRST, from, end, SIZE).space());
        var refused = assertThrows(
                ProblemException.class, () -> copy(standby, from, end, () -> lab.sh("printf x >> \"$1\"", file)));
        assertTrue(
                refused.problems().getFirst().detail().contains("was written to meanwhile"),
                () -> refused.problems().toString());
        assertTrue(lab.sh("cat \"$1\"", file).startsWith("x"));
        assertEquals("", lab.sh("ls \"$1/pg_wal\" | grep heliosctl || true", lab.data(standby)));
    }

    private Lsn end(Lsn from) {
        return read(from).end();
    }

    private WalRead read(Lsn from) {
        return new WalFiles(primary, lab.remote).read(systemId(), FIRST, from, SIZE, LIMIT);
    }

    private WalRead readOn(WalRead before) {
        return new WalFiles(primary, lab.remote).readOn(before, systemId(), FIRST, SIZE, LIMIT);
    }

    private SystemId systemId() {
        return lab.server(primary).controlData().systemId();
    }

    private static String code(Runnable deed) {
        return assertThrows(ProblemException.class, deed::run)
                .problems()
                .getFirst()
                .code();
    }

    private void crash(Node node) {
        lab.sh("/usr/lib/postgresql/15/bin/pg_ctl stop -m immediate -D \"$1\" >/dev/null", lab.data(node));
    }

    private String segment(Node node, Lsn at) {
        return lab.data(node) + "/pg_wal/" + WalSegment.name(FIRST, at, SIZE);
    }

    private Lsn position(Node node) {
        return Lsn.parse(lab.psql(node, "select pg_current_wal_insert_lsn()"));
    }

    private Lsn waldumpEnd(Lsn from) {
        var said = lab.sh(
                "/usr/lib/postgresql/15/bin/pg_waldump -q -p \"$1/pg_wal\" -s \"$2\" 2>&1 || true",
                lab.data(primary),
                from.toString());
        var found = WALDUMP_END.matcher(said);
        assertTrue(found.find(), said);
        return Lsn.parse(found.group(1));
    }
}
