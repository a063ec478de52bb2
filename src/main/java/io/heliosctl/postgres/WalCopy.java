package io.heliosctl.postgres;

import io.heliosctl.model.Lsn;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Copies what lies between two positions from the WAL segments of one server to those of another. A segment
/// that the other has begun is written on as its walreceiver would; those behind it are put in their places as
/// a whole.
public final class WalCopy {

    /// A segment may have to be written to a slow disk before anything else is heard.
    private static final Duration SILENCE = Duration.ofSeconds(60);

    /// What is kept in memory at most.
    private static final long KEPT = 16 << 20;

    private final WalFiles source;
    private final WalFiles target;
    private final Range range;
    private Optional<WalPart> kept = Optional.empty();

    WalCopy(WalFiles source, WalFiles target, Range range) {
        this.source = source;
        this.target = target;
        this.range = range;
    }

    /// What is copied.
    ///
    /// @param from what the other server has already; it must have the same there
    /// @param segmentSize in bytes
    public record Range(Timeline timeline, Lsn from, Lsn to, long segmentSize) {

        /// How many bytes of new segments there are.
        public long space() {
            return (last() - first() + (cut(first()).isBegun() ? 0 : 1)) * segmentSize;
        }

        private long first() {
            return WalSegment.number(from, segmentSize);
        }

        private long last() {
            return WalSegment.number(new Lsn(to.value() - 1), segmentSize);
        }

        private WalCut cut(long number) {
            var begin = number * segmentSize;
            return WalCut.of(
                    WalSegment.name(timeline, number, segmentSize),
                    Math.max(0, from.value() - begin),
                    to.value() - begin,
                    segmentSize);
        }
    }

    public Range range() {
        return range;
    }

    /// Reads ahead of time what the other server lacks of the segment that it has begun. Nothing is written.
    ///
    /// @throws ProblemException `wal-not-copied`
    public void prepare(Duration limit) {
        var cut = range.cut(range.first());
        if (cut.isBegun() && cut.length() <= KEPT) {
            guarded(limit, watch -> kept = Optional.of(part(cut, watch).kept()));
        }
    }

    /// Puts all of it in its place.
    ///
    /// @param idle asked right before anything is written: whether nobody else writes there
    /// @throws ProblemException `wal-not-copied` if something could not be copied; what lies before it is in its
    ///     place
    public void make(Runnable idle, Duration limit) {
        guarded(limit, watch -> {
            var placement = target.placement(watch);
            for (var number = range.first(); number <= range.last(); number++) {
                var cut = range.cut(number);
                var part = kept.isPresent() ? kept.get() : part(cut, watch);
                kept = Optional.empty();
                if (cut.isBegun()) {
                    idle.run();
                    placement.fill(cut, part);
                } else {
                    placement.put(cut, part, idle);
                }
            }
        });
    }

    private WalPart part(WalCut cut, Watchdog watch) throws IOException {
        return source.part(cut, source.compresses() && target.compresses(), watch);
    }

    @FunctionalInterface
    private interface Deed {
        void under(Watchdog watch) throws IOException;
    }

    private void guarded(Duration limit, Deed deed) {
        try (var watch = Watchdog.in(limit, SILENCE)) {
            try {
                deed.under(watch);
            } catch (IOException e) {
                watch.require();
                throw e;
            }
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.error("wal-not-copied", "WAL could not be copied from %s to %s".formatted(source, target))
                            .detail(e.getMessage() + "."));
        }
    }
}
