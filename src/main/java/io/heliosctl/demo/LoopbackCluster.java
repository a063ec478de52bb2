package io.heliosctl.demo;

import io.heliosctl.remote.EmbeddedSshServer;
import io.heliosctl.remote.EmbeddedSshServerAccount;
import io.heliosctl.remote.EmbeddedSshServerKeys;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;

/// A cluster on this machine: PostgreSQL servers on loopback addresses that play hosts, and two PgBouncers
/// before them. It needs no root and no services, and leaves nothing outside of its directory.
///
/// The SSH server in front of it is started apart, here ([#serveSsh]) or in a process of its own
/// ([SshProcess]).
public final class LoopbackCluster {

    private static final Duration STREAMING = Duration.ofSeconds(30);

    private final Plan plan;
    private final Account account;
    private final List<LoopbackNode> nodes;
    private final List<LoopbackPooler> poolers;

    private LoopbackCluster(Plan plan, Programs programs, Account account) {
        this.plan = plan;
        this.account = account;
        this.nodes = plan.nodes().stream()
                .map(node -> new LoopbackNode(node, programs, account, plan.password()))
                .toList();
        this.poolers = plan.poolers().stream()
                .map(pooler -> new LoopbackPooler(pooler, programs, account, plan.password()))
                .toList();
    }

    /// Makes and starts a new cluster. The first node is primary, the others stream from it.
    ///
    /// @param directory empty or not there yet, or that of an earlier cluster, which is then stopped and
    ///     removed
    /// @throws io.heliosctl.model.ProblemException if a program is missing or a server does not start; what was
    ///     started is stopped again, and the logs stay
    public static LoopbackCluster create(Path directory, int nodes) {
        Path real = Directories.prepare(directory);
        Programs programs = Programs.find();
        Account account = Account.current();
        Plan plan = Plan.make(real, nodes);
        plan.save();
        LoopbackCluster cluster = new LoopbackCluster(plan, programs, account);
        try {
            cluster.writeFiles(programs);
            cluster.startAll();
        } catch (RuntimeException e) {
            cluster.stop();
            throw e;
        }
        return cluster;
    }

    /// The cluster that was made in that directory, in whatever state it is.
    public static LoopbackCluster open(Path directory) {
        return new LoopbackCluster(Plan.load(Directories.real(directory)), Programs.find(), Account.current());
    }

    /// Whether a cluster was made in that directory.
    public static boolean isIn(Path directory) {
        return Plan.isIn(directory);
    }

    private void writeFiles(Programs programs) {
        EmbeddedSshServerKeys.generate(plan.file("host_key"), "heliosctl-demo-host");
        EmbeddedSshServerKeys.generate(plan.file("key"), "heliosctl-demo");
        Private.write(
                plan.file("known_hosts"),
                EmbeddedSshServerKeys.knownHosts(
                        plan.file("host_key"), new LinkedHashSet<>(plan.addresses()), plan.sshPort()));
        Private.write(plan.file("pgpass"), ServerFiles.pgpass(plan.password(), List.of("app", "postgres")));
        Private.write(inventory(), InventoryText.of(plan, programs, account));
    }

    private void startAll() {
        LoopbackNode primary = nodes.getFirst();
        primary.createPrimary();
        nodes.stream().skip(1).parallel().forEach(node -> node.createStandbyOf(primary.member()));
        poolers.forEach(pooler -> pooler.create(inventory(), primary.member()));
        awaitStreaming(primary);
    }

    /// Waits until every other node streams from that one.
    ///
    /// @throws io.heliosctl.model.ProblemException if they do not within 30 s
    public void awaitStreaming(LoopbackNode primary) {
        String count = Integer.toString(nodes.size() - 1);
        String[] seen = {""};
        boolean all = Await.until(STREAMING, () -> {
            try {
                seen[0] = primary.sql("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'")
                        .getFirst()
                        .getFirst();
            } catch (SQLException e) {
                seen[0] = e.getMessage();
            }
            return seen[0].equals(count);
        });
        if (!all) {
            throw Failures.notStreaming("Streaming from " + primary.name() + ": " + seen[0] + " of " + count + ".");
        }
    }

    /// Serves SSH for the cluster from this process, until it is closed.
    public EmbeddedSshServer serveSsh() {
        return EmbeddedSshServer.start(new EmbeddedSshServer.Settings(
                plan.addresses(),
                plan.sshPort(),
                plan.file("host_key"),
                EmbeddedSshServerKeys.publicHalf(plan.file("key")),
                new EmbeddedSshServerAccount(account.user(), account.home().toString(), account.become())));
    }

    /// Serves SSH for the cluster from a process of its own, which outlives this one and is ended by [#stop].
    public void serveSshApart() {
        new SshProcess(plan).start();
    }

    /// Stops every process of the cluster, also those that heliosctl has started since; the files stay.
    public void stop() {
        poolers.parallelStream().forEach(LoopbackPooler::stop);
        nodes.parallelStream().forEach(LoopbackNode::stop);
        new SshProcess(plan).stop();
    }

    /// Stops it and removes its directory.
    public void remove() {
        stop();
        Directories.remove(plan.directory());
    }

    /// Whether every server, pooler and the SSH process run.
    public boolean isRunning() {
        return nodes.stream().allMatch(LoopbackNode::isRunning)
                && poolers.stream().allMatch(LoopbackPooler::isRunning)
                && new SshProcess(plan).isRunning();
    }

    public boolean isServingSshApart() {
        return new SshProcess(plan).isRunning();
    }

    public Path directory() {
        return plan.directory();
    }

    public Path inventory() {
        return plan.file("inventory.yaml");
    }

    /// A password file for libpq with the roles `app` and `postgres`, readable by this process's user.
    public Path passfile() {
        return plan.file("pgpass");
    }

    public int sshPort() {
        return plan.sshPort();
    }

    public List<LoopbackNode> nodes() {
        return nodes;
    }

    public List<LoopbackPooler> poolers() {
        return poolers;
    }

    /// The node of that name.
    public LoopbackNode node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no node " + name));
    }

    /// The node that accepts writes.
    ///
    /// @throws IllegalStateException if that is not exactly one
    public LoopbackNode primary() {
        List<LoopbackNode> primaries = nodes.stream()
                .filter(LoopbackNode::isRunning)
                .filter(LoopbackCluster::acceptsWrites)
                .toList();
        if (primaries.size() != 1) {
            throw new IllegalStateException("not one primary but "
                    + primaries.stream().map(LoopbackNode::name).toList());
        }
        return primaries.getFirst();
    }

    private static boolean acceptsWrites(LoopbackNode node) {
        try {
            return node.sql("SELECT pg_is_in_recovery()").getFirst().getFirst().equals("f");
        } catch (SQLException e) {
            return false;
        }
    }
}
