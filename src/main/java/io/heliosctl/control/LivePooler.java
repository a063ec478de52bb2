package io.heliosctl.control;

import io.heliosctl.document.UnifiedDiff;
import io.heliosctl.model.Bytes;
import io.heliosctl.model.Node;
import io.heliosctl.model.PgbouncerSettings;
import io.heliosctl.model.Pooler;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.ServerVersion;
import io.heliosctl.pgbouncer.Intentions;
import io.heliosctl.pgbouncer.Landed;
import io.heliosctl.pgbouncer.PgbouncerServer;
import io.heliosctl.pgbouncer.StagedConfig;
import io.heliosctl.pgbouncer.Traffic;
import io.heliosctl.remote.DiskSpace;
import io.heliosctl.remote.Permit;
import io.heliosctl.remote.Privilege;
import io.heliosctl.remote.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One real PgBouncer: its consoles, and the files its template makes.
final class LivePooler implements AutoCloseable {

    private final Pooler pooler;
    private final PgbouncerServer server;
    private final Rendering rendering;
    private final Map<Node, List<StagedConfig>> staged = new LinkedHashMap<>();
    private volatile Optional<Boolean> paused = Optional.empty();

    LivePooler(Pooler pooler, PgbouncerServer server, Rendering rendering) {
        this.pooler = pooler;
        this.server = server;
        this.rendering = rendering;
    }

    PoolerState observe(Duration timeout) {
        return server.observe(timeout);
    }

    Traffic traffic(Duration timeout) {
        return server.traffic(timeout);
    }

    List<Privilege> privileges() {
        return server.privileges();
    }

    List<Problem> examine(Duration timeout) {
        return server.examine(timeout);
    }

    /// What this run itself did to it is known; before that it is looked at.
    boolean isPaused(Duration timeout) {
        return paused.orElseGet(() -> switch (server.observe(timeout)) {
            case PoolerState.Answering answering -> answering.isPaused();
            case PoolerState.Unreachable unreachable ->
                throw new ProblemException(
                        Problem.error("pooler-unreachable", "pooler " + pooler.name() + " could not be asked")
                                .detail(unreachable.reason() + "."));
        });
    }

    PgbouncerServer server() {
        return server;
    }

    /// What is being done to it elsewhere.
    void know(Optional<Boolean> isPaused) {
        paused = isPaused;
    }

    void resume() {
        paused = Optional.empty();
        server.resume();
        paused = Optional.of(false);
    }

    void kill(Optional<Permit> permit) {
        paused = Optional.empty();
        server.kill(permit);
        paused = Optional.of(true);
    }

    /// Renders the file of every process, to see that it can be done.
    void render(Node primary, Optional<ServerVersion> version) {
        pooler.pgbouncer().instances().forEach(instance -> rendering.pooler(pooler, instance, primary, version));
    }

    /// The file of every process that leads to a primary.
    Map<PgbouncerSettings.Instance, Bytes> rendered(Node primary, Optional<ServerVersion> version) {
        var files = new LinkedHashMap<PgbouncerSettings.Instance, Bytes>();
        pooler.pgbouncer()
                .instances()
                .forEach(instance -> files.put(instance, rendering.pooler(pooler, instance, primary, version)));
        return files;
    }

    Intentions intentions() {
        return server.intentions();
    }

    /// Where the configuration files of its processes are.
    List<DiskSpace> diskSpace() {
        return server.diskSpace();
    }

    /// Writes the file of every process beside the live one, under another name, and takes it away again.
    void tryOut(Node primary, Optional<ServerVersion> version) {
        rendered(primary, version).forEach(server::tryOut);
    }

    /// Puts the next configuration beside the live one, so that only a rename is left to do.
    synchronized void stage(Node primary, Optional<ServerVersion> version) {
        discard();
        var configs = new ArrayList<StagedConfig>();
        staged.put(primary, configs);
        for (var instance : pooler.pgbouncer().instances()) {
            configs.add(server.stage(instance, rendering.pooler(pooler, instance, primary, version)));
        }
    }

    synchronized void point(Node primary, Optional<ServerVersion> version, Duration timeout) {
        if (!staged.containsKey(primary)) {
            stage(primary, version);
        }
        server.install(staged.remove(primary), timeout);
    }

    /// True if the configuration for that primary was put beside the live one: not so where a run is taken
    /// back.
    synchronized boolean isStaged(Node primary) {
        return staged.containsKey(primary);
    }

    /// How this host lets the clients in by itself.
    Script lettingIn() {
        return server.lettingIn();
    }

    /// What was put beside the live file tells whether it differs, without asking the host again.
    synchronized boolean pointsAt(Node primary, Optional<ServerVersion> version) {
        if (staged.containsKey(primary)) {
            return staged.get(primary).stream()
                    .allMatch(config -> config.before().equals(Optional.of(config.content())));
        }
        return pooler.pgbouncer().instances().stream()
                .allMatch(instance -> server.isLive(instance, rendering.pooler(pooler, instance, primary, version)));
    }

    /// The unified diff of every process; empty if there is no difference.
    String difference(Node primary, Optional<ServerVersion> version) {
        var text = new StringBuilder();
        for (var instance : pooler.pgbouncer().instances()) {
            var live = server.liveConfig(instance).map(Bytes::text).orElse("");
            var wanted = rendering.pooler(pooler, instance, primary, version).text();
            text.append(UnifiedDiff.of(
                    "%s:%s".formatted(pooler.name(), instance.config()),
                    live,
                    "rendered for " + primary.name(),
                    wanted));
        }
        return text.toString();
    }

    List<Landed> write(Duration timeout) {
        return server.probe(timeout);
    }

    private void discard() {
        for (var configs : staged.values()) {
            configs.forEach(server::discard);
        }
        staged.clear();
    }

    @Override
    public synchronized void close() {
        try {
            discard();
        } catch (ProblemException e) {
            // A file beside the live one means nothing, and what became of the run is known already.
            return;
        } finally {
            server.close();
        }
    }
}
