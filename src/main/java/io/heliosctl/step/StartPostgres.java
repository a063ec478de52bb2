package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.StopMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Starts a server as what its data directory says it is.
///
/// @param removeTombstone first take away what a stop of this run has put there, so that it starts as a
/// primary again; only ever true for the undo of a stop
/// @param budget how long its host waits before it goes on with that by itself, should nobody do
public record StartPostgres(NodeName target, boolean removeTombstone, Duration timeout, Duration budget)
        implements NodeStep {

    public StartPostgres(NodeName target, boolean removeTombstone, Duration timeout) {
        this(target, removeTombstone, timeout, StopPostgres.BUDGET);
    }

    @Override
    public String verb() {
        return "start_postgres";
    }

    @Override
    public String summary() {
        return "start PostgreSQL on " + target;
    }

    /// What would become a primary is not started while another server is one.
    @Override
    public List<Problem> guard(ClusterControl cluster) {
        var others = removeTombstone ? cluster.observe().primaries() : List.<NodeName>of();
        return others.stream()
                .filter(name -> !name.equals(target))
                .map(name -> Problem.error(
                                "another-primary", "%s is not started: %s is a primary".formatted(target, name))
                        .detail("Both would accept writes.")
                        .hint("Look at the cluster with \"heliosctl status\"."))
                .toList();
    }

    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        var running = cluster.observe(target) instanceof NodeState.Running;
        if (running && !(removeTombstone && (cluster.hasTombstone(target) || cluster.hasSwitch(target)))) {
            return Optional.empty();
        }
        return Optional.of(new Change("PostgreSQL on " + target, "stopped", "running"));
    }

    @Override
    public String apply(ClusterControl cluster) {
        if (removeTombstone) {
            return takeBack(cluster);
        }
        cluster.awaitExit(target, timeout);
        cluster.start(target, timeout);
        return "";
    }

    /// Its own host goes on with it should this program die here. What could not be brought back is not started
    /// later either, when nobody thinks of it any more.
    private String takeBack(ClusterControl cluster) {
        var fired = cluster.holdSwitch(target, budget, timeout);
        try {
            bringBack(cluster);
        } catch (ProblemException e) {
            settled(cluster, e);
            throw e;
        }
        fired |= cluster.settleSwitch(target, timeout);
        return fired ? "its switch had fired" : "";
    }

    private void settled(ClusterControl cluster, ProblemException reason) {
        try {
            cluster.settleSwitch(target, timeout);
        } catch (ProblemException e) {
            reason.addSuppressed(e);
        }
    }

    /// Its own host may have brought it back already, or somebody may have started it read-only.
    private void bringBack(ClusterControl cluster) {
        switch (cluster.observe(target)) {
            case NodeState.Primary primary -> cluster.removeTombstone(target);
            case NodeState.Standby standby -> {
                // Its host was rebooted, or somebody has started it: as the tombstone wants it, read-only.
                cluster.stop(target, StopMode.FAST, timeout);
                startAsPrimary(cluster);
            }
            default -> startAsPrimary(cluster);
        }
    }

    private void startAsPrimary(ClusterControl cluster) {
        cluster.awaitExit(target, timeout);
        cluster.removeTombstone(target);
        cluster.start(target, timeout);
    }

    @Override
    public Undo undo() {
        return Undo.nothing();
    }
}
