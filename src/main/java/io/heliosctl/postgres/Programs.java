package io.heliosctl.postgres;

import io.heliosctl.model.Lsn;
import io.heliosctl.model.Node;
import io.heliosctl.model.PostgresSettings;
import io.heliosctl.model.StopMode;
import io.heliosctl.model.Timeline;
import io.heliosctl.remote.DiskSpace;
import io.heliosctl.remote.Privilege;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The exact argument vectors that are run for one node. Nothing else is ever run as its OS user or as root,
/// so that sudoers can name each word of them.
final class Programs {

    private static final String SYSTEMCTL = "/usr/bin/systemctl";
    private static final int LOG_LINES = 20;

    /// How long counting transactions may take on the host.
    static final int COUNT_SECONDS = 10;

    private final PostgresSettings postgres;

    Programs(Node node) {
        this.postgres = node.postgres();
    }

    Privilege controlData() {
        return asOwner(postgres.program("pg_controldata"), "-D", postgres.dataDir());
    }

    /// Exit status 0: running, 3: not running, 4: no data directory there.
    Privilege status() {
        return asOwner(postgres.program("pg_ctl"), "status", "-D", postgres.dataDir());
    }

    Privilege stop(StopMode mode) {
        return asOwner(postgres.program("pg_ctl"), "stop", "-D", postgres.dataDir(), "-m", mode.word(), "-W");
    }

    /// By the service manager where there is one, else by pg_ctl without waiting. The server's output goes to
    /// a file: it would hold an SSH channel open otherwise.
    Privilege start() {
        return service("start").orElseGet(() -> {
            var words = new ArrayList<>(
                    List.of(postgres.program("pg_ctl"), "start", "-D", postgres.dataDir(), "-W", "-l", logFile()));
            postgres.configFile().ifPresent(file -> words.addAll(List.of("-o", "-c config_file=" + shellQuoted(file))));
            return asOwner(words.toArray(String[]::new));
        });
    }

    /// `systemctl VERB UNIT` as root; empty where there is no unit.
    Optional<Privilege> service(String verb) {
        return postgres.service().map(unit -> new Privilege("root", List.of(SYSTEMCTL, verb, unit)));
    }

    /// Keeps systemd from starting the unit, also at the next boot, until it is unmasked.
    Optional<Privilege> mask() {
        return service("mask");
    }

    Optional<Privilege> unmask() {
        return service("unmask");
    }

    Optional<Privilege> stopServiceWithoutWaiting() {
        return postgres.service().map(unit -> new Privilege("root", List.of(SYSTEMCTL, "stop", "--no-block", unit)));
    }

    /// Properties of the unit; anybody may ask.
    Optional<List<String>> showService() {
        return postgres.service()
                .map(unit ->
                        List.of(SYSTEMCTL, "show", "-p", "LoadState,ActiveState,Restart,TimeoutStopUSec", "--", unit));
    }

    /// What the unit is doing, as one word; anybody may ask. Empty where there is no unit.
    Optional<List<String>> showActive() {
        return postgres.service().map(unit -> List.of(SYSTEMCTL, "show", "-p", "ActiveState", "--value", "--", unit));
    }

    /// Whether the server accepts connections; anybody may ask. Exit status 0: yes, 1: not now, 2: no answer.
    List<String> isReady() {
        return List.of(
                postgres.program("pg_isready"),
                "-q",
                "-t",
                "3",
                "-h",
                postgres.socketDir(),
                "-p",
                Integer.toString(postgres.port()));
    }

    /// The end of the server's log where pg_ctl starts it.
    Privilege log() {
        return asOwner("/usr/bin/tail", "-n", Integer.toString(LOG_LINES), logFile());
    }

    /// The end of the unit's journal; without sudo, since a pager would be a way to a shell.
    Optional<List<String>> journal() {
        return postgres.service()
                .map(unit -> List.of(
                        "/usr/bin/journalctl", "--no-pager", "-q", "-n", Integer.toString(LOG_LINES), "-u", unit));
    }

    /// A replication login at another node, as the walreceiver would do it. Only `-c` with this one command:
    /// nothing of it can be turned into a shell.
    Privilege replicationLogin(Node upstream) {
        return asOwner(
                postgres.program("psql"),
                "-X",
                "-A",
                "-t",
                "-w",
                "-d",
                ReplicationLogin.conninfo(postgres, upstream),
                "-c",
                "IDENTIFY_SYSTEM");
    }

    /// The WAL may be on another disk, and nobody else may look into the data directory.
    Privilege diskSpace() {
        return asOwner(DiskSpace.words(postgres.dataDir(), postgres.dataDir() + "/pg_wal")
                .toArray(String[]::new));
    }

    List<String> version() {
        return List.of(postgres.program("pg_ctl"), "--version");
    }

    /// Counts the transactions committed on a timeline from a position on, up to the end of the WAL there is.
    /// The position has all its digits, so that sudoers can say how many there are.
    Privilege countTransactions(Timeline timeline, Lsn from) {
        return asOwner(
                "/usr/bin/timeout",
                Integer.toString(COUNT_SECONDS),
                postgres.program("pg_waldump"),
                "--path=" + postgres.dataDir() + "/pg_wal",
                "--rmgr=Transaction",
                "--stats=record",
                "-t",
                timeline.toString(),
                "-s",
                "%08X/%08X".formatted(from.value() >>> 32, from.value() & 0xFFFF_FFFFL));
    }

    /// For timelines of up to four digits.
    List<Privilege> countTransactions() {
        return Stream.of(1, 10, 100, 1000)
                .map(timeline -> countTransactions(new Timeline(timeline), new Lsn(0)))
                .map(command -> command.varying(7).varying(9))
                .toList();
    }

    /// Everything that sudo must allow for one node, apart from files.
    List<Privilege> all(List<Node> others) {
        var always =
                Stream.of(controlData(), status(), stop(StopMode.FAST), stop(StopMode.IMMEDIATE), start(), diskSpace());
        var service = Stream.of(service("stop"), service("restart"), stopServiceWithoutWaiting(), mask(), unmask())
                .flatMap(Optional::stream);
        var log = postgres.service().isPresent() ? Stream.<Privilege>empty() : Stream.of(log());
        var logins = others.stream().map(this::replicationLogin);
        return Stream.of(always, service, log, logins).flatMap(all -> all).toList();
    }

    private String logFile() {
        return postgres.logFile().orElseGet(() -> postgres.dataDir() + "/heliosctl-start.log");
    }

    private Privilege asOwner(String... words) {
        return new Privilege(postgres.osUser(), List.of(words));
    }

    /// pg_ctl hands `-o` to a shell of its own.
    private static String shellQuoted(String word) {
        return word.matches("[A-Za-z0-9_./@+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
