package io.heliosctl.model;

import java.time.Duration;
import java.util.Optional;

/// What a promotion would lose, as far as that can be known.
///
/// @param standby the standby it would be promoted
/// @param received what that one has received
/// @param known the furthest position that the lost primary is known to have written
/// @param source where that position comes from, in a few words
/// @param exact nothing was written past `known`
/// @param rate bytes of WAL a second that the primary wrote lately, as far as the standbys can tell
/// @param rest bytes of what the standby lacks that can still be read on the lost primary's host and are counted as
///     received, since they are given to it before it is promoted
/// @param silence for how long nothing has been heard of the primary; absent if no standby can tell
public record LossEstimate(
        NodeName standby,
        Lsn received,
        Lsn known,
        String source,
        boolean exact,
        long rest,
        Optional<Long> rate,
        Optional<Duration> silence) {

    /// WAL that a walsender may have been about to send: it follows every flush within milliseconds, and this
    /// is ample.
    private static final Duration IN_FLIGHT = Duration.ofSeconds(1);

    /// A walsender sends that much at once (source of PostgreSQL, `MAX_SEND_SIZE` with blocks of 8 kB).
    private static final long ONE_MESSAGE = 128 << 10;

    /// Where nobody can tell how much was written lately: a segment.
    private static final long UNKNOWN_RATE = 16 << 20;

    /// Where the lost primary's own WAL was read to its end: then nothing is left to be estimated.
    public static LossEstimate upTo(NodeName standby, Lsn received, Lsn end, Optional<Duration> silence) {
        return new LossEstimate(
                standby, received, end, "its own WAL, read to the end", true, 0, Optional.empty(), silence);
    }

    /// Once the standby has been given what it is known to lack.
    public LossEstimate withRest() {
        return new LossEstimate(standby, received, known, source, exact, received.bytesBehind(known), rate, silence);
    }

    /// The bytes of WAL that are known to be missing.
    public long knownBytes() {
        return received.bytesBehind(known) - rest;
    }

    /// The bytes of WAL that are likely to be missing at most, if the primary died when it fell silent.
    public long bytes() {
        return exact ? knownBytes() : knownBytes() + inFlight();
    }

    private long inFlight() {
        return Math.max(
                ONE_MESSAGE, rate.map(each -> each * IN_FLIGHT.toSeconds()).orElse(UNKNOWN_RATE));
    }

    /// The bytes it may be if the primary went on writing, for clients that still reached it, until now. Absent
    /// if nobody can tell.
    public Optional<Long> bytesIfItWentOn() {
        return exact ? Optional.empty() : rate.flatMap(each -> silence.map(time -> bytes() + each * time.toSeconds()));
    }
}
