package io.heliosctl.postgres;

import io.heliosctl.model.Lsn;
import io.heliosctl.model.Node;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.SystemId;
import io.heliosctl.model.Timeline;
import io.heliosctl.remote.Command;
import io.heliosctl.remote.Coprocess;
import io.heliosctl.remote.Privilege;
import io.heliosctl.remote.Ran.Exited;
import io.heliosctl.remote.Remote;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The WAL segments of one server, which need not run: read to find where they end, and copied to another
/// server's host through this program, in bounded memory and over the connections that are open.
public final class WalFiles {

    private static final String COMPRESSES = "command -v gzip >/dev/null";

    private static final Duration LOOK = Duration.ofSeconds(10);

    /// A disk from which nothing comes for so long is not waited for.
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final Node node;
    private final Remote remote;
    private final Host host;
    private final WalCommands commands;
    private Optional<Boolean> compresses = Optional.empty();

    WalFiles(Node node, Remote remote) {
        this.node = node;
        this.remote = remote;
        this.host = new Host(remote);
        this.commands = new WalCommands(node);
    }

    /// Finds where the valid WAL on this host ends, read from the segment of a position on, or from an earlier
    /// one where no record begins between there and the position.
    ///
    /// @param from a position that another server has got to on that timeline
    /// @param segmentSize in bytes
    /// @throws ProblemException `wal-unreadable` if that cannot be told
    public WalRead read(SystemId systemId, Timeline timeline, Lsn from, long segmentSize, Duration limit) {
        return reading(timeline, segmentSize, limit, segments -> {
            var reader = new WalReader(segments, systemId, timeline, segmentSize);
            for (var number = WalSegment.number(from, segmentSize); number > 0; number--) {
                var walked = reader.walk(number);
                if (walked.isPresent() && !walked.get().first().isPast(from)) {
                    return walked.get();
                }
                // A position at the very end of a segment: the next one need not be there yet.
                if (walked.isEmpty() && from.value() % segmentSize != 0) {
                    break;
                }
            }
            throw unreadable("It has no valid segment of timeline %s that holds %s.".formatted(timeline, from));
        });
    }

    /// The same, where it was read before: only what was written since is read.
    public WalRead readOn(WalRead before, SystemId systemId, Timeline timeline, long segmentSize, Duration limit) {
        return reading(
                timeline,
                segmentSize,
                limit,
                segments -> new WalReader(segments, systemId, timeline, segmentSize)
                        .walkOn(before)
                        .orElseThrow(() -> unreadable("The segment that holds %s is gone.".formatted(before.end()))));
    }

    @FunctionalInterface
    private interface Reading {
        WalRead of(WalReader.Segments segments) throws IOException;
    }

    private WalRead reading(Timeline timeline, long segmentSize, Duration limit, Reading reading) {
        var names = names();
        requireNewest(names, timeline);
        var last = new AtomicReference<WalStream>();
        try (var watch = Watchdog.in(limit, SILENCE)) {
            try {
                return reading.of((number, skipped) -> {
                    var segment = open(names, WalSegment.name(timeline, number, segmentSize), skipped, watch);
                    segment.ifPresent(last::set);
                    return segment.map(InputStream.class::cast);
                });
            } catch (IOException e) {
                watch.require();
                throw e;
            }
        } catch (IOException e) {
            var said = Optional.ofNullable(last.get()).map(WalStream::complaint).orElse("");
            throw unreadable(e.getMessage() + (said.isEmpty() ? "." : ": " + said));
        }
    }

    /// Copies what lies between two positions to another server.
    public WalCopy copy(WalFiles other, WalCopy.Range range) {
        return new WalCopy(this, other, range);
    }

    WalPlacement placement(Watchdog watch) {
        return new WalPlacement(node, remote, watch);
    }

    private Optional<WalStream> open(Set<String> names, String name, long skipped, Watchdog watch) throws IOException {
        if (!names.contains(name)) {
            return Optional.empty();
        }
        var compressed = skipped == 0 && compresses();
        var form = skipped > 0 ? "rest" : WalScripts.form(compressed);
        var program = start(WalScripts.READ, Stream.of(form, Long.toString(skipped + 1)), name, watch);
        return Optional.of(WalStream.of(program, compressed, OutputStream.nullOutputStream(), watch::progress));
    }

    /// A part of a segment, to be sent.
    WalPart part(WalCut cut, boolean compressed, Watchdog watch) throws IOException {
        var values = Stream.of(WalScripts.form(compressed), Long.toString(cut.offset()), Long.toString(cut.length()));
        var program = start(WalScripts.CUT, values, cut.name(), watch);
        var before = WalStream.line(program).split(" ", 2)[0];
        return new Sent(cut, before, compressed, program, watch);
    }

    private record Sent(WalCut cut, String before, boolean compressed, Coprocess program, Watchdog watch)
            implements WalPart {

        @Override
        public String sendTo(OutputStream host) throws IOException {
            try (var content = WalStream.of(program, compressed, host, watch::progress)) {
                var sum = WalPart.digest(content, cut.length());
                content.drain();
                return sum;
            } catch (IOException e) {
                throw new IOException((e.getMessage() + ". " + WalStream.complaint(program)).strip(), e);
            }
        }
    }

    private Coprocess start(String script, Stream<String> values, String name, Watchdog watch) throws IOException {
        var command = commands.read(name);
        var words = Stream.of(values, remote.become(command.user()).stream(), command.words().stream())
                .flatMap(each -> each);
        return watch.over(remote.start(
                Command.script(script, words.toArray(String[]::new)).timeout(LOOK)));
    }

    /// Takes away what an attempt to copy WAL here may have left behind, as good as it goes.
    public void discard() {
        try (var watch = Watchdog.in(LOOK, LOOK)) {
            placement(watch).discard();
        }
    }

    private Set<String> names() {
        var exited = host.look(commands.list(), LOOK);
        if (!exited.ok()) {
            throw host.refused(commands.list().words(), exited);
        }
        return new HashSet<>(exited.text().lines().toList());
    }

    /// WAL of a newer timeline would be left out.
    private void requireNewest(Set<String> names, Timeline timeline) {
        var own = "%08X".formatted(timeline.id());
        var newer = names.stream()
                .filter(name -> name.matches("[0-9A-F]{24}|[0-9A-F]{8}\\.history"))
                .filter(name -> name.substring(0, WalSegment.TIMELINE_LENGTH).compareTo(own) > 0)
                .sorted()
                .findFirst();
        if (newer.isPresent()) {
            throw unreadable("It has %s, of a newer timeline than %s.".formatted(newer.get(), timeline));
        }
    }

    synchronized boolean compresses() {
        if (compresses.isEmpty()) {
            compresses = Optional.of(
                    remote.run(Command.script(COMPRESSES).timeout(LOOK)) instanceof Exited exited && exited.ok());
        }
        return compresses.get();
    }

    /// What is thrown where the end of the WAL cannot be told.
    public ProblemException unreadable(String detail) {
        return new ProblemException(
                Problem.error("wal-unreadable", "the WAL on %s could not be read to its end".formatted(node.name()))
                        .detail(detail));
    }

    /// What reads a segment, for people: `…` stands for its name.
    public String reading() {
        return shown(commands.read("…"));
    }

    /// What puts a segment in its place, for people.
    public String placing() {
        return shown(commands.place("…"));
    }

    /// What writes on a segment that the server has begun, for people.
    public String filling() {
        return shown(commands.fill("…", 0));
    }

    private String shown(Privilege command) {
        return Stream.concat(remote.become(command.user()).stream(), command.words().stream())
                .collect(Collectors.joining(" "));
    }

    @Override
    public String toString() {
        return node.name().toString();
    }

    static List<Privilege> privileges(Node node) {
        return new WalCommands(node).all();
    }
}
