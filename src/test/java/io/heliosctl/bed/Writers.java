package io.heliosctl.bed;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Clients that insert rows through both poolers, each in a transaction of its own, as fast as they are let;
/// every second one takes the other pooler. What was sent, and how it ended, is kept for the [Checker].
public final class Writers implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    private final String run = UUID.randomUUID().toString();
    private final List<Writer> writers;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private Writers(HostsBed bed, int count, int patience) {
        List<BedPooler> poolers = bed.poolers();
        writers = IntStream.range(0, count)
                .mapToObj(number -> new Writer(run, number, poolers.get(number % poolers.size()), patience))
                .toList();
        writers.forEach(threads::execute);
        threads.shutdown();
    }

    /// Starts that many writers, and returns when every one has had a row acknowledged.
    public static Writers start(HostsBed bed, int count) {
        return start(bed, count, BedPooler.PATIENCE_SECONDS);
    }

    /// The same, where a client that is not answered for so many seconds gives up and connects anew.
    public static Writers start(HostsBed bed, int count, int patience) {
        Writers writers = new Writers(bed, count, patience);
        writers.awaitAcknowledgements(1, START_LIMIT);
        return writers;
    }

    /// Returns when every writer has had that many more rows acknowledged than now.
    ///
    /// @throws AssertionError if that takes longer than the limit
    public void awaitAcknowledgements(int more, Duration limit) {
        List<Long> goals =
                writers.stream().map(writer -> writer.acknowledged() + more).toList();
        Await.until(
                "every writer has " + more + " more rows acknowledged",
                limit,
                () -> IntStream.range(0, writers.size())
                        .allMatch(index -> writers.get(index).acknowledged() >= goals.get(index)),
                () -> writers.stream().map(Writer::log).toList());
    }

    /// The same of those that go through one pooler.
    public void awaitAcknowledgements(String pooler, int more, Duration limit) {
        List<Writer> some = writers.stream()
                .filter(writer -> writer.log().pooler().equals(pooler))
                .toList();
        List<Long> goals =
                some.stream().map(writer -> writer.acknowledged() + more).toList();
        Await.until(
                "every writer through " + pooler + " has " + more + " more rows acknowledged",
                limit,
                () -> IntStream.range(0, some.size())
                        .allMatch(index -> some.get(index).acknowledged() >= goals.get(index)),
                () -> some.stream().map(Writer::log).toList());
    }

    /// Lets every writer finish the row it is at, and tells what they saw.
    public WriterReport stop() {
        writers.forEach(Writer::stop);
        try {
            if (!threads.awaitTermination(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("a writer still waits for an answer " + STOP_LIMIT + " after the stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return new WriterReport(run, writers.stream().map(Writer::log).toList());
    }

    @Override
    public void close() {
        writers.forEach(Writer::stop);
        threads.shutdownNow();
    }
}
