package io.heliosctl.postgres;

import io.heliosctl.model.ControlData;
import io.heliosctl.model.Coverage;
import io.heliosctl.model.Deadline;
import io.heliosctl.model.Fenced;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.LsnProof;
import io.heliosctl.model.Node;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.NodeState.Identity;
import io.heliosctl.model.NodeState.Running;
import io.heliosctl.model.NodeState.Standby;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.Secret;
import io.heliosctl.model.ServerVersion;
import io.heliosctl.model.StopMode;
import io.heliosctl.model.StopProof;
import io.heliosctl.model.SystemId;
import io.heliosctl.model.Timeline;
import io.heliosctl.remote.DiskSpace;
import io.heliosctl.remote.Permit;
import io.heliosctl.remote.Remote;
import io.heliosctl.remote.RemoteFiles;
import io.heliosctl.remote.Script;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// One PostgreSQL server: what it says of itself, and everything that is done to it. Its SQL connection is
/// kept open.
///
/// Every method throws [ProblemException] with what was seen if it could not do its work, and
/// [io.heliosctl.model.UnknownOutcomeException] if a change was sent and not answered. Every wait has a
/// deadline.
public final class PostgresServer implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration UNHURRIED = Duration.ofSeconds(30);

    private final Node node;
    private final Connector connector;
    private final Sql sql;
    private final Host host;
    private final Programs programs;
    private final IdentityCheck identity;
    private final StopWatch stopWatch;
    private final Operation operation;
    private final StandbyFiles files;
    private final Leftovers leftovers;
    private final RemoteFiles remoteFiles;
    private final Script comeback;
    private final WalSupply walSupply;
    private Optional<RecoverySettings> prepared = Optional.empty();

    /// Connects to nothing yet.
    ///
    /// @param password for `connect: tcp`; asked for at each new connection, and never for a Unix socket
    public PostgresServer(Node node, Remote remote, Supplier<Optional<Secret>> password) {
        this.node = node;
        this.connector = new Connector(node, remote, password);
        this.sql = new Sql(node, connector);
        this.host = new Host(remote);
        this.programs = new Programs(node);
        this.identity = new IdentityCheck(node, remote);
        this.stopWatch = new StopWatch(node, host, programs, connector);
        this.operation = new Operation(node, host, programs, stopWatch, sql);
        this.remoteFiles = new RemoteFiles(remote);
        this.files = new StandbyFiles(node, remoteFiles);
        this.leftovers = new Leftovers(node, host, remoteFiles, stopWatch);
        this.comeback = Comeback.of(node, remote, programs);
        this.walSupply = new WalSupply(node, remote, files, sql, operation);
    }

    public Node node() {
        return node;
    }

    /// What the deeds below would send.
    public Intentions intentions() {
        return new Intentions(operation, files);
    }

    /// What the server is and does right now; one round trip if it answers. `Stopped` only where no server
    /// process owns the data directory; everything else that is not an answer is `Unreachable`. Throws nothing.
    public NodeState observe(Duration limit) {
        try {
            return sql.read(limit, Observation::ask);
        } catch (ProblemException refused) {
            return new Silence(stopWatch).of(refused);
        }
    }

    /// The running server, if it is the expected one: system identifier, data directory, port, and `pg_control`
    /// of the data directory in the inventory. To be called right before anything is done that could destroy
    /// something.
    public Running requireIdentity(Identity expected) {
        Running running = sql.read(ANSWER, Observation::ask);
        var seen = running.identity();
        identity.require(expected.systemId().value(), seen.systemId().value(), seen.dataDirectory(), seen.port());
        var control = controlData();
        if (!control.systemId().equals(expected.systemId())) {
            identity.refuse(List.of("pg_control in %s has system identifier %s, not %s"
                    .formatted(node.postgres().dataDir(), control.systemId(), expected.systemId())));
        }
        return running;
    }

    /// What `pg_controldata` says, whether the server runs or not.
    public ControlData controlData() {
        return stopWatch.controlData();
    }

    /// Sends the request to stop and returns at once. Call [#requireIdentity] right before.
    public void requestStop(StopMode mode) {
        operation.requestStop(mode);
    }

    /// The same, if it is still permitted when the request arrives.
    ///
    /// @throws ProblemException `too-late` if it is not
    public void requestStop(StopMode mode, Optional<Permit> permit) {
        operation.requestStop(mode, permit);
    }

    /// Waits for the proof that the server cannot write again; its process may live on for a while.
    ///
    /// @throws ProblemException `not-stopped` with what was seen
    public StopProof awaitStopped(Duration limit) {
        return stopWatch.await(limit);
    }

    /// The same proof without waiting.
    ///
    /// @throws ProblemException `not-stopped` with what was seen
    public StopProof proveStopped() {
        return stopWatch.proof();
    }

    /// Waits until the postmaster is gone, and lets its systemd unit know.
    public void awaitExit(Duration limit) {
        operation.awaitExit(limit);
    }

    /// Waits until no process of the server is left, not even a backend whose postmaster was killed.
    ///
    /// @throws ProblemException `still-running` with what was seen
    public void awaitNothingLeft(Duration limit) {
        leftovers.awaitNone(limit);
    }

    /// Keeps systemd from starting the server, also when its host boots. Nothing to do where there is no unit.
    public void mask() {
        operation.mask();
    }

    /// True if systemd does not start the server, whoever asks.
    public boolean isMasked() {
        return operation.service().filter(ServiceFacts::isMasked).isPresent();
    }

    /// Takes [#mask] back.
    public void unmask() {
        operation.unmask();
    }

    /// Starts the server and waits until it answers SQL. On failure the detail has the end of its log.
    public void start(Duration limit) {
        operation.start(limit);
    }

    /// Stops the server, starts it, and waits until it answers SQL.
    public void restart(Duration limit) {
        operation.restart(limit);
    }

    /// Makes the server read its configuration again; the role needs EXECUTE on `pg_reload_conf`.
    public void reload() {
        walSupply.upstream().reload();
    }

    /// Writes everything to disk, so that the next stop is short; on a standby a restartpoint. The role needs
    /// `pg_checkpoint` (15 and later; before that only superusers may).
    public void checkpoint(Duration limit) {
        sql.command(limit, connection -> Checkpoint.make(connection, limit));
    }

    /// How far the standby has received WAL.
    public Lsn received() {
        return new Receipt(node, sql).received(ANSWER);
    }

    /// Waits until everything the stopped primary wrote is here.
    ///
    /// @throws ProblemException `wal-missing` if it does not arrive, `other-history` if the timelines have
    ///     parted
    public LsnProof awaitReceived(StopProof stop, Duration limit) {
        return new Receipt(node, sql).await(stop, limit);
    }

    /// Makes this standby the primary: the point of no return.
    ///
    /// @return its new timeline
    /// @throws io.heliosctl.model.UnknownOutcomeException if it is not a primary in time; it may become one
    public Timeline promote(Fenced fenced, Coverage received, Duration limit) {
        return new Promotion(node, sql, identity).promote(fenced, received, limit);
    }

    /// Writes the standby settings of [#tombstone] ahead of time: a running primary does not mind them, and the
    /// tombstone then takes one round trip. Keeps a copy of the file for [#removeTombstone].
    public void prepareTombstone(RecoverySettings settings) {
        files.prepare(settings);
        prepared = Optional.of(settings);
    }

    /// Where its WAL comes from, and what is in it.
    public Ancestry ancestry() {
        return new Ancestry(node, connector, host, programs);
    }

    /// Makes any later start of a stopped primary come up as a standby.
    public void tombstone(StopProof stop, RecoverySettings settings) {
        if (!stop.node().equals(node.name())) {
            throw new IllegalArgumentException("this proof is not about " + node.name());
        }
        configureStandby(settings);
    }

    /// Makes a server that does not run a standby: settings and `standby.signal`. Keeps a copy of the
    /// settings' file.
    public void configureStandby(RecoverySettings settings) {
        if (!prepared.equals(Optional.of(settings))) {
            prepareTombstone(settings);
        }
        files.signal();
    }

    /// Makes any later start come up read-only, with whatever settings are there.
    public void signalStandby() {
        files.signal();
    }

    /// Takes [#tombstone] or [#prepareTombstone] back: the next start is a primary's again, with its own
    /// settings.
    public void removeTombstone() {
        prepared = Optional.empty();
        files.putBack();
    }

    /// Drops the copy that [#removeTombstone] would need.
    public void forgetTombstone() {
        prepared = Optional.empty();
        files.forget();
    }

    /// Whether the next start is a standby's.
    public boolean isTombstoned() {
        return files.isSignalled();
    }

    /// How the host itself makes it a running primary again after a stop and a tombstone: the part of a
    /// watcher's script that does it, with its words.
    public Script comeback() {
        return comeback;
    }

    /// Writes ahead of time what [#follow] to the same settings puts in its place.
    public void prepareFollow(RecoverySettings settings) {
        files.stage(settings);
    }

    /// Points a running standby at another upstream and waits until it streams from there, on that one's
    /// timeline.
    public Standby follow(RecoverySettings settings, Identity upstream, Duration limit) {
        var deadline = Deadline.in(limit);
        var mine = new Identity(
                upstream.systemId(),
                upstream.timeline(),
                upstream.version(),
                node.postgres().dataDir(),
                node.postgres().port());
        if (!(requireIdentity(mine) instanceof Standby)) {
            throw new ProblemException(Problem.error("not-a-standby", node.name() + " is not a standby"));
        }
        files.change(settings);
        walSupply.upstream().take(deadline.left());
        return awaitStreaming(settings, upstream, deadline.left());
    }

    /// How it gets WAL, and what of it lies on its host.
    public WalSupply walSupply() {
        return walSupply;
    }

    /// Waits until the standby streams from that upstream, on that one's timeline.
    public Standby awaitStreaming(RecoverySettings settings, Identity upstream, Duration limit) {
        return new Following(node, () -> observe(ANSWER), this::reload).await(settings, upstream, limit);
    }

    /// What is asked of it, and done to it, when it has left its cluster and comes back.
    public ComingBack comingBack() {
        return new ComingBack(node, host, programs, remoteFiles, stopWatch, sql);
    }

    /// Logs in at the other node as this node's walreceiver would.
    ///
    /// @return the other one's system identifier
    /// @throws ProblemException `replication-login-refused`
    public SystemId replicationLogin(Node upstream) {
        var command = programs.replicationLogin(upstream);
        var exited = host.look(command, ANSWER);
        if (exited.errorText().startsWith("sudo:")) {
            throw host.refused(command.words(), exited);
        }
        return ReplicationLogin.answer(node, upstream, exited);
    }

    /// Sees to it that there is a physical slot of that name, which keeps WAL from now on.
    ///
    /// @return whether there was none
    public boolean createSlot(String name) {
        return sql.command(ANSWER, connection -> Slots.create(connection, name));
    }

    /// Drops a physical slot that nobody uses; others are left alone.
    ///
    /// @return whether there was one
    public boolean dropSlot(String name) {
        return sql.command(ANSWER, connection -> Slots.drop(connection, name));
    }

    /// The server's systemd unit; empty where pg_ctl is used.
    public Optional<ServiceFacts> service() {
        return operation.service();
    }

    /// The version of the programs in `bin_dir`.
    public ServerVersion programVersion() {
        var exited = host.look(programs.version(), UNHURRIED);
        if (!exited.ok()) {
            throw host.refused(programs.version(), exited);
        }
        return ProgramVersion.parse(exited.text());
    }

    /// The file systems of the data directory and of its WAL, which may be one.
    public List<DiskSpace> diskSpace() {
        var exited = host.look(programs.diskSpace(), UNHURRIED);
        if (!exited.ok()) {
            throw host.refused(programs.diskSpace().words(), exited);
        }
        return DiskSpace.parse(exited.text());
    }

    /// What these backends are and do; those that are gone are left out. A role without `pg_monitor` sees
    /// little.
    public List<Session> sessions(Collection<Long> pids, Duration limit) {
        return sql.read(limit, connection -> Sessions.of(node.name(), connection, pids));
    }

    /// Ends one session, and only if it is still the one that was seen, in the same transaction; never a
    /// superuser's, and none but a client's. The role needs `pg_signal_backend`.
    ///
    /// @return whether it was still there
    public boolean endSession(Session session, Duration limit) {
        return sql.command(limit, connection -> Sessions.end(connection, session));
    }

    /// Whether the role may end other roles' sessions.
    public boolean mayEndSessions(Duration limit) {
        return sql.read(limit, Sessions::mayEnd);
    }

    /// Sends a text of the site's own, over a connection of its own: what it sets stays its own.
    ///
    /// @param readOnly within a read-only transaction that is rolled back
    /// @return the rows of the first result that has any columns
    /// @throws io.heliosctl.model.UnknownOutcomeException if a text that may change something was not
    ///     answered
    public List<Map<String, Object>> query(String text, boolean readOnly, Duration limit) {
        return SiteSql.send(node, connector, text, readOnly, limit);
    }

    @Override
    public void close() {
        operation.awaitStarted();
        try {
            files.discard();
        } catch (ProblemException e) {
            // A file beside the one that counts means nothing.
            return;
        } finally {
            sql.close();
        }
    }
}
