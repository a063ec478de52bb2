package io.heliosctl.demo;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What `heliosctl demo` does. It says what it is at line by line, and is done when the line that sums up is
/// out.
public final class Demo {

    private static final int NODES = 3;
    private static final int WRITERS = 8;
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Duration AFTERWARDS = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(1);

    private final Path directory;
    private final Consumer<String> say;

    /// A demo in that directory; nothing is started yet.
    ///
    /// @param directory see [#usualDirectory]
    /// @param say takes one line at a time
    public Demo(Path directory, Consumer<String> say) {
        this.directory = directory;
        this.say = say;
    }

    /// Moves the primary of the cluster in an inventory, by whatever means.
    @FunctionalInterface
    public interface Move {
        /// Gives the exit code: 0 if it is done.
        int switchover(Path inventory);
    }

    /// Where the demo lives unless another directory is given: `~/.local/share/heliosctl/demo`, or, where this
    /// process is root, a place that the user whom the servers run as can reach.
    public static Path usualDirectory() {
        return Directories.usual(Account.current());
    }

    /// Starts the cluster where it does not run yet, lets clients write, and moves the primary under them. The
    /// cluster is left running.
    ///
    /// @return 0 if the move succeeded, no client saw an error and no row is lost; the move's own exit code if
    ///     it failed; else 1
    /// @throws ProblemException if the cluster cannot be started
    public int start(Move move) {
        LoopbackCluster cluster = running();
        say.accept("");
        say.accept(WRITERS + " clients write through both poolers, one row after the other. Meanwhile:");
        say.accept("$ " + command() + " switchover --yes");
        say.accept("");
        try {
            Writers writers = Writers.start(cluster, WRITERS, PAUSE);
            settle(writers, WARM_UP);
            int moved = move.switchover(cluster.inventory());
            settle(writers, AFTERWARDS);
            return sumUp(cluster, writers.stop(), moved);
        } catch (SQLException e) {
            throw new ProblemException(Problem.error("demo-failed", "the clients of the demo cannot work")
                    .detail(String.valueOf(e.getMessage()))
                    .hint("heliosctl demo stop, then try again. The servers' logs are in " + directory + "/pgdb*."));
        }
    }

    private LoopbackCluster running() {
        if (LoopbackCluster.isIn(directory)) {
            LoopbackCluster cluster = LoopbackCluster.open(directory);
            if (cluster.isRunning()) {
                say.accept("The demo runs already in " + directory);
                return cluster;
            }
        }
        say.accept("Starting " + NODES + " PostgreSQL servers and 2 PgBouncers in " + directory);
        LoopbackCluster cluster = LoopbackCluster.create(directory, NODES);
        cluster.serveSshApart();
        status(cluster).forEach(say);
        return cluster;
    }

    private int sumUp(LoopbackCluster cluster, Writers.Report report, int moved) {
        say.accept("");
        say.accept("What the " + WRITERS + " clients saw of it");
        report.lines().forEach(line -> say.accept("  " + line));
        boolean clean = report.errors() == 0 && report.lost() == 0;
        if (moved != 0) {
            say.accept("The switchover failed (exit code " + moved + "); what it said is above.");
        } else if (!clean) {
            say.accept("That should not be: no client may see an error, and no row may be lost.");
        }
        say.accept("");
        howToPlay(cluster).forEach(say);
        return moved != 0 ? moved : clean ? 0 : 1;
    }

    /// Gives the writers some time; they need not be right for it, it only makes the numbers meaningful.
    private static void settle(Writers writers, Duration time) {
        long before = writers.acknowledged();
        long end = System.nanoTime() + time.toNanos();
        Await.until(time.plusSeconds(10), () -> System.nanoTime() > end && writers.acknowledged() > before);
    }

    /// What runs where, line by line.
    public List<String> status() {
        if (!LoopbackCluster.isIn(directory)) {
            return List.of("No demo in " + directory);
        }
        return status(LoopbackCluster.open(directory));
    }

    private static List<String> status(LoopbackCluster cluster) {
        List<String> lines = new ArrayList<>();
        cluster.nodes().forEach(node -> lines.add(line(node.member(), "PostgreSQL", node.isRunning())));
        cluster.poolers().forEach(pooler -> lines.add(line(pooler.member(), "PgBouncer", pooler.isRunning())));
        lines.add("  ssh    port " + cluster.sshPort() + " of each address"
                + (cluster.isServingSshApart() ? "" : "  stopped"));
        return lines;
    }

    private static String line(Member member, String kind, boolean running) {
        return "  %-6s %s:%d  %s%s"
                .formatted(member.name(), member.address(), member.port(), kind, running ? "" : "  stopped");
    }

    private static List<String> howToPlay(LoopbackCluster cluster) {
        Member pooler = cluster.poolers().getFirst().member();
        String heliosctl = command();
        return List.of(
                "The cluster goes on running. To play with it:",
                "  export HELIOSCTL_INVENTORY=" + cluster.inventory(),
                "  " + heliosctl + " status",
                "  " + heliosctl + " switchover --dry-run",
                "  " + heliosctl + " switchover --to pgdb3",
                "  PGPASSFILE=%s \\".formatted(cluster.passfile()),
                "    psql -h %s -p %d -U app app".formatted(pooler.address(), pooler.port()),
                "To stop it and remove its files:",
                "  " + heliosctl + " demo stop");
    }

    /// This program as it was called: out of a clone it is `./heliosctl`.
    private static String command() {
        return System.getProperty("heliosctl.command", "heliosctl");
    }

    /// Ends every process of the demo and removes its directory, where there is one.
    public void stop() {
        if (!LoopbackCluster.isIn(directory)) {
            say.accept("No demo in " + directory + ", nothing to stop");
            return;
        }
        LoopbackCluster.open(directory).remove();
        say.accept("The demo is stopped, and " + directory + " is removed");
    }
}
