package io.heliosctl.pgbouncer;

import io.heliosctl.remote.Command;
import io.heliosctl.remote.Ran;
import io.heliosctl.remote.Remote;
import java.util.Comparator;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/// How many processes listen on a port. With `so_reuseport` each has a socket of its own on the same address,
/// so the kernel's table counts them, whoever owns them (proc(5), `/proc/net/tcp`).
final class ListeningSockets {

    private static final String TABLES = "cat /proc/net/tcp /proc/net/tcp6 2>/dev/null; :";
    private static final String LISTEN = "0A";

    private ListeningSockets() {}

    /// Empty if the host does not tell.
    static OptionalInt count(Remote remote, int port) {
        return remote.run(Command.script(TABLES)) instanceof Ran.Exited exited && exited.ok()
                ? OptionalInt.of(count(exited.text(), port))
                : OptionalInt.empty();
    }

    /// The most on any one address: one process has a socket for each of its addresses.
    static int count(String tables, int port) {
        var end = String.format(Locale.ROOT, ":%04X", port);
        return tables
                .lines()
                .map(line -> line.strip().split("\\s+", 5))
                .filter(cells -> cells.length == 5 && cells[1].endsWith(end) && cells[3].equals(LISTEN))
                .map(cells -> cells[1])
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .values()
                .stream()
                .max(Comparator.naturalOrder())
                .map(Long::intValue)
                .orElse(0);
    }
}
