package io.heliosctl.postgres;

import io.heliosctl.model.Lsn;
import io.heliosctl.model.Node;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.SystemId;
import io.heliosctl.model.Timeline;
import io.heliosctl.remote.Command;
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

    private final Node node;
    private final Remote remote;
    private final Host host;
    private final WalCommands commands;

    WalFiles(Node node, Remote remote) {
        this.node = node;
        this.remote = remote;
        this.host = new Host(remote);
        this.commands = new WalCommands(node);
    }

    /// Where the valid WAL on this host ends, read from the segment of a position on, or from an earlier one
    /// where no record begins between there and the position.
    ///
    /// @param from a position that another server has got to on that timeline
    /// @param segmentSize in bytes
    /// @throws ProblemException `wal-unreadable` if that cannot be told
    public Lsn end(SystemId systemId, Timeline timeline, Lsn from, long segmentSize, Duration limit) {
        var names = names();
        requireNewest(names, timeline);
        var compressed = compresses();
        var last = new AtomicReference<WalStream>();
        try (var watch = Watchdog.in(limit)) {
            WalReader.Segments segments = number -> {
                var segment = open(names, WalSegment.name(timeline, number, segmentSize), compressed, watch);
                segment.ifPresent(last::set);
                return segment.map(InputStream.class::cast);
            };
            var reader = new WalReader(segments, systemId, timeline, segmentSize);
            for (var number = WalSegment.number(from, segmentSize); number > 0; number--) {
                var walked = reader.walk(number);
                if (walked.isPresent() && !walked.get().first().isPast(from)) {
                    return walked.get().end();
                }
                // A position at the very end of a segment: the next one need not be there yet.
                if (walked.isEmpty() && from.value() % segmentSize != 0) {
                    break;
                }
            }
            throw unreadable("It has no valid segment of timeline %s that holds %s.".formatted(timeline, from));
        } catch (IOException e) {
            var said = Optional.ofNullable(last.get()).map(WalStream::complaint).orElse("");
            throw unreadable(e.getMessage() + (said.isEmpty() ? "." : ": " + said));
        }
    }

    /// Copies the segments that hold what lies between two positions to another server, each as a whole.
    ///
    /// @param from what the other server has already; it must have the same there
    /// @param idle asked right before each segment takes its place: whether nobody else writes to it
    /// @throws ProblemException if one could not be copied; those before it are in their places
    public void copyTo(
            WalFiles other, Timeline timeline, Lsn from, Lsn to, long segmentSize, Runnable idle, Duration limit) {
        var compressed = compresses() && other.compresses();
        try (var watch = Watchdog.in(limit)) {
            var placement = new WalPlacement(other.node, other.remote, watch);
            var last = WalSegment.number(new Lsn(to.value() - 1), segmentSize);
            for (var number = WalSegment.number(from, segmentSize); number <= last; number++) {
                var name = WalSegment.name(timeline, number, segmentSize);
                var same = Math.max(0, from.value() - number * segmentSize);
                placement.put(
                        name,
                        receiver -> read(name, compressed, watch, receiver.input()),
                        compressed,
                        segmentSize,
                        same,
                        idle);
            }
        } catch (IOException e) {
            throw new ProblemException(Problem.error(
                            "wal-not-copied",
                            "WAL could not be copied from %s to %s".formatted(node.name(), other.node.name()))
                    .detail(e.getMessage() + "."));
        }
    }

    /// How many segments [#copyTo] copies.
    public static long segments(Lsn from, Lsn to, long segmentSize) {
        return WalSegment.number(new Lsn(to.value() - 1), segmentSize) - WalSegment.number(from, segmentSize) + 1;
    }

    private Optional<WalStream> open(Set<String> names, String name, boolean compressed, Watchdog watch)
            throws IOException {
        return names.contains(name)
                ? Optional.of(read(name, compressed, watch, OutputStream.nullOutputStream()))
                : Optional.empty();
    }

    private WalStream read(String name, boolean compressed, Watchdog watch, OutputStream copy) throws IOException {
        var command = commands.read(name);
        var become = remote.become(command.user()).stream();
        var words = Stream.concat(
                Stream.of(compressed ? "gzip" : "plain"), Stream.concat(become, command.words().stream()));
        var script = Command.script(WalScripts.READ, words.toArray(String[]::new));
        return WalStream.of(watch.over(remote.start(script.timeout(LOOK))), compressed, copy);
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

    private boolean compresses() {
        return remote.run(Command.script(COMPRESSES).timeout(LOOK)) instanceof Exited exited && exited.ok();
    }

    private ProblemException unreadable(String detail) {
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

    private String shown(Privilege command) {
        return Stream.concat(remote.become(command.user()).stream(), command.words().stream())
                .collect(Collectors.joining(" "));
    }

    static List<Privilege> privileges(Node node) {
        return new WalCommands(node).all();
    }
}
