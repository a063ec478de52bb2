package io.heliosctl.view;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Hears Ctrl-C, SIGTERM and SIGHUP instead of being ended by them, until it is closed.
public final class Signals implements AutoCloseable {

    /// What they are called, and their bits among the ignored ones (signal(7)).
    private record Known(String name, String said, int number) {}

    private static final List<Known> ALL =
            List.of(new Known("INT", "Ctrl-C", 2), new Known("TERM", "SIGTERM", 15), new Known("HUP", "SIGHUP", 1));

    private final Map<String, Object> before = new LinkedHashMap<>();

    private Signals() {}

    /// Begins to listen.
    ///
    /// @param received gets the signal's name for people; called on a thread of its own
    public static Signals watch(Consumer<String> received) {
        var signals = new Signals();
        var ignored = ignored();
        for (var known : ALL) {
            // nohup(1) and `&` in scripts ignore some: that is a wish of whoever started this.
            if ((ignored >> (known.number() - 1) & 1) == 0) {
                signals.before.put(
                        known.name(),
                        org.jline.utils.Signals.register(known.name(), () -> received.accept(known.said())));
            }
        }
        return signals;
    }

    /// The set of ignored signals; none where there is no /proc.
    private static long ignored() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        before.forEach(org.jline.utils.Signals::unregister);
        before.clear();
    }
}
