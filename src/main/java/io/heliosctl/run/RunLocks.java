package io.heliosctl.run;

import io.heliosctl.control.HostLocks;
import io.heliosctl.control.LockedException;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Topology;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// One run's locks: on the operator's machine, and on every host that was reached. Closing it lets go of all,
/// unless the run is unfinished: then those on the hosts stay, and only the same run takes them over.
public final class RunLocks implements Tenure, AutoCloseable {

    private final LocalLock local;
    private final HostLocks hosts;
    private final Optional<String> broken;
    private boolean kept;

    private RunLocks(LocalLock local, HostLocks hosts, Optional<String> broken) {
        this.local = local;
        this.hosts = hosts;
        this.broken = broken;
    }

    /// What names a cluster the same for every operator, whatever their inventories call it: the system
    /// identifier. Where no server answers there is only the inventory's name.
    public static String key(Topology topology) {
        var cluster = topology.cluster();
        var identifiers = topology.primaries().stream().map(topology::state).flatMap(state -> systemId(state).stream());
        var others = cluster.nodes().stream()
                .map(node -> topology.state(node.name()))
                .flatMap(state -> systemId(state).stream())
                .sorted();
        return Stream.concat(identifiers, others)
                .findFirst()
                .orElseGet(() -> "name-" + cluster.name().replaceAll("[^A-Za-z0-9_-]", "_"));
    }

    private static Optional<String> systemId(NodeState state) {
        return switch (state) {
            case NodeState.Running running ->
                Optional.of(running.identity().systemId().toString());
            case NodeState.Stopped stopped ->
                Optional.of(stopped.control().systemId().toString());
            case NodeState.Unreachable unreachable -> Optional.empty();
        };
    }

    /// Takes all of them or none.
    ///
    /// @param breaks the run whose locks on the hosts may be broken
    /// @throws RefusedException `locked` if another run has one
    public static RunLocks take(
            RunDirectory runs, HostLocks hosts, RunId id, String cluster, String version, Optional<String> breaks) {
        var mine = Holders.me(id, cluster, version, Clock.systemUTC());
        try {
            var local = LocalLock.take(file(runs, cluster), mine);
            try {
                return new RunLocks(local, hosts, hosts.take(mine, breaks));
            } catch (RuntimeException e) {
                local.close();
                throw e;
            }
        } catch (LockedException e) {
            throw new RefusedException(Holders.problem(e, runs, cluster));
        }
    }

    private static Path file(RunDirectory runs, String cluster) {
        return runs.path().resolveSibling("locks").resolve(cluster.replace('/', '_') + ".lock");
    }

    /// Why a run would be refused now, if another process of this machine is at work on the cluster.
    public static Optional<Problem> heldHere(RunDirectory runs, String cluster) {
        return LocalLock.holder(file(runs, cluster)).map(locked -> Holders.problem(locked, runs, cluster));
    }

    /// Why a run would be refused now, if another one has the hosts; nothing is taken or changed.
    ///
    /// @param mine the run that may have them
    public static Optional<Problem> heldByAnother(
            RunDirectory runs, HostLocks hosts, String cluster, Optional<RunId> mine) {
        return hosts.heldByAnotherThan(mine.map(RunId::value)).map(locked -> Holders.problem(locked, runs, cluster));
    }

    /// Whether a run that is taken up again is still the last one that was here.
    ///
    /// @throws RefusedException `superseded` if the hosts know of a later one
    public void requireLast(RunId id, History.Header header) {
        hosts.predecessor()
                .filter(last -> !last.run().equals(id.value()) && last.epoch() > header.epoch())
                .ifPresent(last -> {
                    throw new RefusedException(Problem.error("superseded", "a later run has been on this cluster")
                            .detail("It was run %s; run %s began before it.".formatted(last.run(), id))
                            .hint("Look at the cluster with \"heliosctl status\". The next run closes this one with "
                                    + "--break-lock " + id + "."));
                });
    }

    @Override
    public List<Problem> refusals(Set<String> targets) {
        return hosts.refusals(targets);
    }

    /// The number of this run: larger than that of any run before.
    public long epoch() {
        return hosts.epoch();
    }

    /// The run whose locks were broken for this one.
    public Optional<String> broken() {
        return broken;
    }

    /// Whether the locks on the hosts stay when this is closed.
    public void keep(boolean unfinished) {
        kept = unfinished;
    }

    @Override
    public void close() {
        if (!kept) {
            hosts.release();
        }
        hosts.close();
        local.close();
    }
}
