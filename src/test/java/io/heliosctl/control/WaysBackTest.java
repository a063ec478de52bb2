package io.heliosctl.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.control.ReturnControl.Limits;
import io.heliosctl.model.ControlData;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.ServerVersion;
import io.heliosctl.model.SystemId;
import io.heliosctl.model.Timeline;
import io.heliosctl.model.Way;
import io.heliosctl.model.WayBack;
import io.heliosctl.postgres.RewindTrial;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The gentlest way that works is chosen, and it is said why.
class WaysBackTest {

    private static final Limits ANY = Limits.upTo(Way.CLONE);
    private static final Lsn FORK = Lsn.parse("0/5000100");

    private Optional<RewindTrial> trial = Optional.of(new RewindTrial.Works(70L << 20));
    private int version = 150018;
    private String fullPageWrites = "on";
    private boolean hints = true;
    private Optional<Lsn> fork = Optional.of(FORK);
    private boolean forkKnown = true;
    private boolean fresh;

    /// A shutdown record that begins where the primary left is not part of what the primary has; the position
    /// where a standby's recovery has ended is.
    @ParameterizedTest
    @CsvSource({
        "shut down, 0/50000FF, FOLLOW",
        "shut down, 0/5000100, REWIND",
        "shut down, 0/5000101, REWIND",
        "shut down in recovery, 0/5000100, FOLLOW",
        "shut down in recovery, 0/5000101, REWIND"
    })
    void whatHasNothingOfItsOwnFollows(String state, String end, Way way) {
        assertEquals(way, choose(stopped(state, 1, end), ANY).way());
    }

    @ParameterizedTest
    @CsvSource({"in production, FOLLOW", "shutting down, FOLLOW", "in crash recovery, FOLLOW"})
    void whatWasNotShutDownRecoversFirst(String state, Way way) {
        var chosen = choose(stopped(state, 1, "0/4000000"), ANY);
        assertEquals(new WayBack(way, true, chosen.reason()), chosen);
    }

    @Test
    void whatWasNotShutDownAndHasPartedForSureIsRewoundInTheEnd() {
        var chosen = choose(stopped("in production", 1, "0/6000000"), ANY);
        assertEquals(Way.REWIND, chosen.way());
        assertTrue(chosen.recoversFirst());
    }

    /// A standby that was killed, and what pg_rewind has left: both need nothing but a start.
    @Test
    void aStandbyThatWasKilledJustFollows() {
        var chosen = choose(stopped("in archive recovery", 1, "0/5000000"), ANY);
        assertEquals(Way.FOLLOW, chosen.way());
        assertFalse(chosen.recoversFirst());
        fork = Optional.empty();
        assertEquals(
                Way.FOLLOW,
                choose(stopped("in archive recovery", 2, "0/6000000"), ANY).way());
    }

    @Test
    void twoPrimariesOfOneTimelineCannotBeToldApartByPgRewind() {
        fork = Optional.empty();
        assertEquals(
                Way.CLONE, choose(stopped("shut down", 2, "0/5000000"), ANY).way());
    }

    @Test
    void aTimelineThatThePrimaryNeverWasOnIsRewound() {
        fork = Optional.empty();
        assertEquals(
                Way.REWIND, choose(stopped("shut down", 3, "0/5000000"), ANY).way());
    }

    @Test
    void withoutHintsAndChecksumsItIsCloned() {
        hints = false;
        var chosen = choose(stopped("shut down", 1, "0/6000000"), ANY);
        assertEquals(Way.CLONE, chosen.way());
        assertTrue(chosen.reason().contains("wal_log_hints"), chosen.reason());
    }

    @Test
    void withoutFullPageWritesOrWithAnOldProgramItIsCloned() {
        fullPageWrites = "off";
        assertEquals(
                Way.CLONE, choose(stopped("shut down", 1, "0/6000000"), ANY).way());
        fullPageWrites = "on";
        version = 120022;
        assertEquals(
                Way.CLONE, choose(stopped("shut down", 1, "0/6000000"), ANY).way());
    }

    @Test
    void whatPgRewindNeverCanIsCloned() {
        trial = Optional.of(new RewindTrial.Impossible("could not find previous WAL record at 0/3000028"));
        var chosen = choose(stopped("shut down", 1, "0/6000000"), ANY);
        assertEquals(Way.CLONE, chosen.way());
        assertTrue(chosen.reason().contains("0/3000028"), chosen.reason());
    }

    /// Nobody copies a terabyte for want of a grant.
    @Test
    void whatCanBeMendedIsRefused() {
        trial = Optional.of(new RewindTrial.Refused("permission denied for function pg_ls_dir"));
        assertEquals("rewind-refused", refusal(stopped("shut down", 1, "0/6000000"), ANY));
    }

    @Test
    void whatOnlyGoesFurtherThanAllowedIsRefused() {
        assertEquals("no-way-back", refusal(stopped("shut down", 1, "0/6000000"), Limits.upTo(Way.FOLLOW)));
        hints = false;
        assertEquals("no-way-back", refusal(stopped("shut down", 1, "0/6000000"), Limits.upTo(Way.REWIND)));
    }

    /// pg_rewind finds the fork by itself, if it may.
    @Test
    void whereThePrimaryDoesNotTellPgRewindIsAsked() {
        fork = Optional.empty();
        forkKnown = false;
        assertEquals(
                Way.REWIND, choose(stopped("shut down", 1, "0/5000000"), ANY).way());
        trial = Optional.of(new RewindTrial.NotNeeded());
        assertEquals(
                Way.FOLLOW, choose(stopped("shut down", 1, "0/5000000"), ANY).way());
        trial = Optional.empty();
        assertEquals("history-unknown", refusal(stopped("shut down", 1, "0/5000000"), ANY));
    }

    @Test
    void whatAPgRewindHasLeftThatWasCutOffIsNeverStarted() {
        var stray = stopped("in archive recovery", 2, "0/5000000");
        assertEquals(Way.CLONE, choose(with(stray, true, true), ANY).way());
        assertEquals("no-way-back", refusal(with(stray, true, true), Limits.upTo(Way.REWIND)));
    }

    /// pg_basebackup copies the primary's pg_control, which says "in production": it is not taken for a second
    /// primary, and is not copied again.
    @Test
    void aCopyThatHasNotBeenStartedIsStarted() {
        fork = Optional.empty();
        fresh = true;
        assertEquals(
                Way.FOLLOW,
                choose(stopped("in production", 2, "0/6000000"), ANY).way());
        assertEquals(
                Way.FOLLOW,
                choose(stopped("in production", 2, "0/6000000"), Limits.only(Way.CLONE))
                        .way());
    }

    @Test
    void withoutADataDirectoryItIsCloned() {
        var stray = new Stray(
                new NodeName("pgdb1"),
                new NodeState.Unreachable("no data directory"),
                false,
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                primary(),
                Optional.empty(),
                true);
        assertEquals(Way.CLONE, choose(stray, ANY).way());
    }

    @Test
    void whatIsAskedForIsDone() {
        assertEquals(
                Way.CLONE,
                choose(stopped("shut down", 1, "0/5000000"), Limits.only(Way.CLONE))
                        .way());
        trial = Optional.of(new RewindTrial.NotNeeded());
        assertEquals(
                "no-way-back",
                refusal(with(stopped("shut down", 1, "0/5000000"), false, false), Limits.only(Way.REWIND)));
    }

    private WayBack choose(Stray stray, Limits limits) {
        return new WaysBack(stray, () -> trial).within(limits);
    }

    private String refusal(Stray stray, Limits limits) {
        return assertThrows(ProblemException.class, () -> choose(stray, limits))
                .problems()
                .getFirst()
                .code();
    }

    private static Stray with(Stray stray, boolean hasData, boolean halfRewound) {
        return new Stray(
                stray.name(),
                stray.state(),
                hasData,
                false,
                halfRewound,
                stray.control(),
                stray.end(),
                stray.primary(),
                stray.fork(),
                stray.forkKnown());
    }

    private Stray stopped(String state, int timeline, String end) {
        var control = new ControlData(
                new SystemId("7277694203142172922"), state, Lsn.parse(end), new Timeline(timeline), false, hints);
        return new Stray(
                new NodeName("pgdb1"),
                new NodeState.Stopped(control),
                true,
                fresh,
                false,
                Optional.of(control),
                Optional.of(Lsn.parse(end)),
                primary(),
                fork,
                forkKnown);
    }

    private NodeState.Primary primary() {
        var identity = new NodeState.Identity(
                new SystemId("7277694203142172922"), new Timeline(2), new ServerVersion(version), "/data", 5432);
        var facts = new NodeState.Facts(
                Map.of("full_page_writes", fullPageWrites), false, 0, List.of(), List.of(), Optional.empty());
        return new NodeState.Primary(identity, Lsn.parse("0/7000000"), List.of(), List.of(), facts);
    }
}
