package io.heliosctl.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.bed.Await;
import io.heliosctl.bed.Fault;
import io.heliosctl.bed.Host;
import io.heliosctl.bed.HostsBed;
import io.heliosctl.bed.Snapshot;
import io.heliosctl.cli.InProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A healthy bed, on which one thing at a time is broken, and where a refused run must leave no trace.
///
/// @param healthy what the bed is like while nothing is broken
record Scene(HostsBed bed, Snapshot healthy) {

    /// Everything that was printed, to be read by people: `target/bed/refusals.txt`.
    private static final Path TRANSCRIPT = Path.of("target", "bed", "refusals.txt");

    private static final Duration HEALING = Duration.ofSeconds(20);

    /// The scene of the class before, to spare a reset if it was left healthy.
    private static Scene last;

    static synchronized Scene healthy(HostsBed bed, Path state) {
        if (last == null
                || last.bed != bed
                || !last.healthy.differences(Snapshot.of(bed)).isEmpty()) {
            Prepared.fresh(bed, state);
            last = new Scene(bed, Snapshot.of(bed));
        }
        return last;
    }

    /// `heliosctl switchover --yes` with further words.
    InProcess.Ran switchover(String... words) {
        return run(Stream.concat(Stream.of("switchover", "--yes"), Stream.of(words))
                .toArray(String[]::new));
    }

    InProcess.Ran run(String... words) {
        var all = Stream.concat(Stream.of("-i", bed.inventory().toString()), Stream.of(words));
        var ran = InProcess.run(all.toArray(String[]::new));
        transcribe(String.join(" ", words), ran);
        return ran;
    }

    /// With that broken, a switchover exits with 4 and tells exactly this, and changes nothing; mended, the bed
    /// is healthy again.
    ///
    /// @param told standard error; `#` stands for any number, and hosts are told by name
    void refuses(Supplier<Fault> fault, String told, String... words) {
        refusesUnmended(fault, told, words);
        assertHealthy();
    }

    /// As [#refuses], where the bed is not compared with a healthy one afterwards.
    void refusesUnmended(Supplier<Fault> fault, String told, String... words) {
        try (var _ = fault.get()) {
            var before = Snapshot.of(bed);
            var ran = switchover(words);
            assertEquals(List.of(), before.differences(Snapshot.of(bed)));
            assertEquals("", ran.out());
            assertTold(told, 4, ran);
        }
    }

    /// As [#refuses], where what is broken does not let the bed be looked at meanwhile.
    void refusesBlindly(Supplier<Fault> fault, String told, String... words) {
        try (var _ = fault.get()) {
            assertTold(told, 4, switchover(words));
        }
        assertHealthy();
    }

    void assertTold(String told, int exit, InProcess.Ran ran) {
        assertEquals(exit, ran.exit(), ran::err);
        Told.assertMatches(told, named(ran.err()));
    }

    void assertHealthy() {
        Await.until(
                "the bed is healthy again",
                HEALING,
                () -> healthy.differences(Snapshot.of(bed)).isEmpty(),
                () -> healthy.differences(Snapshot.of(bed)));
    }

    /// Names instead of addresses, which are others in every run.
    String named(String text) {
        var named = text;
        for (Host host : bed.hosts()) {
            named = named.replace(host.address(), host.name() + ".address");
        }
        return named;
    }

    private void transcribe(String words, InProcess.Ran ran) {
        var text = "$ heliosctl %s\n%s%s[exit %d]\n\n".formatted(words, ran.out(), ran.err(), ran.exit());
        try {
            Files.writeString(TRANSCRIPT, named(text), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
