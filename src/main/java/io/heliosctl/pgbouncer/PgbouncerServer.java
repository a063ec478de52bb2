package io.heliosctl.pgbouncer;

import io.heliosctl.model.Bytes;
import io.heliosctl.model.PgbouncerSettings;
import io.heliosctl.model.Pooler;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.PoolerState.Route;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.remote.Command;
import io.heliosctl.remote.DiskSpace;
import io.heliosctl.remote.Permit;
import io.heliosctl.remote.Privilege;
import io.heliosctl.remote.Ran;
import io.heliosctl.remote.Remote;
import io.heliosctl.remote.Script;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One PgBouncer over one host: all its processes, always together and at once.
///
/// Every method throws [ProblemException] with what is wrong; an answer that did not come where it matters is
/// an [io.heliosctl.model.UnknownOutcomeException].
public final class PgbouncerServer implements AutoCloseable {

    private final Pooler pooler;
    private final Remote remote;
    private final ConfigFiles files;
    private final Probe probe;
    private final List<PoolerProcess> processes;

    /// Connects to nothing yet.
    ///
    /// @param database what the probes go to where the pooler's settings do not say
    public PgbouncerServer(Pooler pooler, Remote remote, String database) {
        this.pooler = pooler;
        this.remote = remote;
        this.files = new ConfigFiles(remote);
        this.probe =
                new Probe(remote, pooler, pooler.pgbouncer().probeDatabase().orElse(database));
        this.processes = pooler.pgbouncer().instances().stream()
                .map(instance -> new PoolerProcess(remote, pooler, instance))
                .toList();
    }

    /// What the deeds below would send.
    public Intentions intentions() {
        return new Intentions(remote, pooler, files);
    }

    /// Writes a configuration file beside the live one, under a name of its own, proves it and takes it away
    /// again.
    ///
    /// @throws ProblemException `config-refused` if it sets what this PgBouncer does not know, `file-refused`
    ///     if it cannot be written
    public void tryOut(PgbouncerSettings.Instance instance, Bytes content) {
        Install.check(process(instance), content, files.read(instance));
        files.tryOut(instance, content);
    }

    /// The file systems of the directories that the configuration files are in.
    public List<DiskSpace> diskSpace() {
        var directories = pooler.pgbouncer().instances().stream()
                .map(instance -> instance.config().replaceFirst("/[^/]*$", "/"))
                .distinct()
                .toArray(String[]::new);
        if (remote.run(Command.exec(DiskSpace.words(directories))) instanceof Ran.Exited exited && exited.ok()) {
            return DiskSpace.parse(exited.text());
        }
        throw new ProblemException(Problem.error("disk-space", remote.name() + ": df did not answer")
                .detail("Asked for: %s.".formatted(String.join(", ", directories))));
    }

    /// Looks at every process. A single one that does not answer makes the whole unreachable.
    public PoolerState observe(Duration deadline) {
        try {
            var seen = Together.map(processes, process -> process.observe(deadline));
            return new PoolerState.Answering(
                    processes.getFirst().version(deadline).text(), seen);
        } catch (ProblemException e) {
            var problem = e.problems().getFirst();
            return new PoolerState.Unreachable(
                    (problem.message() + ". " + problem.detail()).strip().replaceFirst("\\.$", ""));
        }
    }

    /// What it has to do with servers at this moment.
    public Traffic traffic(Duration deadline) {
        var read = Together.map(
                processes, process -> process.read(deadline, ConsoleCommand.SHOW_SERVERS, ConsoleCommand.SHOW_STATS));
        return Traffic.of(
                read.stream().map(List::getFirst).toList(),
                read.stream().map(List::getLast).toList());
    }

    /// Whether the inventory fits what runs there: number of processes, administrator, configuration file.
    public List<Problem> examine(Duration deadline) {
        return new Examination(remote, pooler).problems(Together.map(processes, process -> process.observe(deadline)));
    }

    /// Lets clients in, whoever shut them out, and proves it. Nothing to do if they are not shut out.
    public void resume() {
        Together.each(processes, Resume::of);
    }

    /// Drops the server connections that hang and the clients that wait for them. Everybody else waits, too,
    /// until [#resume]. Not while all is paused: then PgBouncer refuses.
    ///
    /// @param permit what must still be so when it arrives
    public void kill(Optional<Permit> permit) {
        Together.each(processes, process -> Drop.of(process, permit));
    }

    /// Drops the clients and servers of one database, which stays paused until [#resume].
    public void kill(String database) {
        Together.each(processes, process -> Drop.kill(process, database));
    }

    /// How the host itself lets the clients in again after a pause: the part of a watcher's script that does
    /// it, with its words. Asks the host whose its files are.
    public Script lettingIn() {
        return LettingIn.of(pooler, remote, files);
    }

    /// The configuration file of one process as it is on disk; absent if there is none.
    public Optional<Bytes> liveConfig(PgbouncerSettings.Instance instance) {
        return files.read(instance);
    }

    /// Puts the next configuration file beside the one in force.
    ///
    /// @throws ProblemException `config-refused` if it sets what this PgBouncer does not know
    public StagedConfig stage(PgbouncerSettings.Instance instance, Bytes content) {
        var before = files.read(instance);
        Install.check(process(instance), content, before);
        return files.stage(instance, content, before);
    }

    /// Removes such a file, which was never put in place.
    public void discard(StagedConfig config) {
        files.discard(config.staged());
    }

    /// Puts the files in place, lets PgBouncer read them and waits until every process shows them in force.
    ///
    /// @throws ProblemException `reload-not-applied` with what SHOW DATABASES says instead; then all files are
    ///     what they were and PgBouncer has read them again, or `config-not-restored` is a further problem
    /// @param deadline how long PgBouncer may take to read a file; two seconds are plenty
    public void install(List<StagedConfig> configs, Duration deadline) {
        var installs = configs.stream()
                .map(config ->
                        new Install(remote, pooler.pgbouncer().osUser(), process(config.instance()), files, config))
                .toList();
        var problems = Together.map(installs, install -> install.apply(deadline)).stream()
                .flatMap(Optional::stream)
                .toList();
        if (!problems.isEmpty()) {
            var left = Together.map(installs, install -> install.takeBack(deadline)).stream()
                    .flatMap(Optional::stream);
            throw new ProblemException(Stream.concat(problems.stream(), left).toList());
        }
    }

    /// Whether a process has exactly this configuration on disk, and shows its routes and settings in force.
    public boolean isLive(PgbouncerSettings.Instance instance, Bytes content) {
        return files.read(instance).equals(Optional.of(content))
                && Install.missing(process(instance), content).isEmpty();
    }

    /// Writes through every process, as a client does, and says where it arrived.
    public List<Landed> probe(Duration deadline) {
        return Together.map(pooler.pgbouncer().instances(), instance -> probe.write(instance, deadline));
    }

    /// Reads through every process, as a client does; throws if one does not serve.
    public void readProbe(Duration deadline) {
        Together.each(pooler.pgbouncer().instances(), instance -> probe.read(instance, deadline));
    }

    /// Where a configuration file would lead each database, in PgBouncer's defaults where it does not say.
    public static List<Route> routes(Bytes config) {
        return IniFile.of(config.text()).routes();
    }

    /// The exact commands that sudo must allow on this very host, which has been asked whose the files are.
    public List<Privilege> privileges() {
        var settings = pooler.pgbouncer();
        return settings.instances().stream()
                .flatMap(instance -> Stream.of(
                        Reload.privileges(remote.user(), settings.osUser(), instance), files.privileges(instance)))
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    /// The exact commands that sudo must allow the login user on a pooler's host that nobody has asked.
    public static List<Privilege> privileges(Pooler pooler, String loginUser) {
        var settings = pooler.pgbouncer();
        return settings.instances().stream()
                .flatMap(instance -> Stream.of(
                        Reload.privileges(loginUser, settings.osUser(), instance),
                        ConfigFiles.privileges(instance.config(), "root")))
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        Together.each(processes, PoolerProcess::close);
    }

    List<PoolerProcess> processes() {
        return processes;
    }

    private PoolerProcess process(PgbouncerSettings.Instance instance) {
        return processes.stream()
                .filter(process -> process.instance().equals(instance))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a process of this PgBouncer: " + instance));
    }
}
