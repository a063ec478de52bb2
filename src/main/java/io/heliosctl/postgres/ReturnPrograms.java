package io.heliosctl.postgres;

import io.heliosctl.model.Node;
import io.heliosctl.model.PostgresSettings;
import io.heliosctl.remote.DiskSpace;
import io.heliosctl.remote.Privilege;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The exact argument vectors by which a server is brought back that has left its cluster.
final class ReturnPrograms {

    /// What pg_rewind and pg_basebackup would bring from the source, and belongs to this server: its
    /// configuration, and the files that PostgreSQL has TLS from unless it is told otherwise.
    static final List<String> OWN_FILES = List.of(
            "postgresql.conf",
            "postgresql.auto.conf",
            "pg_hba.conf",
            "pg_ident.conf",
            "server.crt",
            "server.key",
            "root.crt");

    /// sudo allows exact words only, so there cannot be a name for each run.
    private static final int KEPT = 3;

    private final PostgresSettings postgres;

    ReturnPrograms(Node node) {
        this.postgres = node.postgres();
    }

    /// Without `--dry-run` this is what changes files. `--write-recovery-conf` lets it leave a standby behind.
    Privilege rewind(Node upstream) {
        return asOwner(rewinding(upstream));
    }

    Privilege tryRewind(Node upstream) {
        var words = rewinding(upstream);
        words.add("--dry-run");
        return asOwner(words);
    }

    private List<String> rewinding(Node upstream) {
        return new ArrayList<>(List.of(
                postgres.program("pg_rewind"),
                targetWord(),
                "--source-server=" + login(upstream, Map.of("dbname", postgres.database())),
                "--write-recovery-conf",
                "--progress"));
    }

    /// The word of pg_rewind's that no other process has.
    String targetWord() {
        return "--target-pgdata=" + postgres.dataDir();
    }

    /// Makes a copy of a running server, with the WAL that it needs to be consistent.
    Privilege copy(Node upstream) {
        return asOwner(List.of(
                postgres.program("pg_basebackup"),
                copyWord(),
                "--checkpoint=fast",
                "--wal-method=stream",
                "--progress",
                "--no-password",
                "--dbname=" + login(upstream, Map.of())));
    }

    /// The word of pg_basebackup's that no other process has.
    String copyWord() {
        return "--pgdata=" + newDirectory();
    }

    /// Where a copy is made that will take the data directory's place.
    String newDirectory() {
        return postgres.dataDir() + ".heliosctl-new";
    }

    /// Where data directories are kept that were in that place before.
    List<String> keptDirectories() {
        return IntStream.rangeClosed(1, KEPT)
                .mapToObj(number -> postgres.dataDir() + ".kept-" + number)
                .toList();
    }

    /// The directory that the data directory is in.
    String parent() {
        return postgres.dataDir().substring(0, Math.max(1, postgres.dataDir().lastIndexOf('/')));
    }

    /// What sort of file the data directory is, and the device that it and its parent are on.
    Privilege place() {
        return asOwner(List.of("/usr/bin/stat", "-c", "%F %d", parent(), postgres.dataDir()));
    }

    Privilege mayWriteBeside() {
        return asOwner(List.of("/usr/bin/test", "-w", parent()));
    }

    /// Fails if the WAL lies elsewhere.
    Privilege walIsInside() {
        return asOwner(List.of("/usr/bin/test", "!", "-L", postgres.dataDir() + "/pg_wal"));
    }

    Privilege space() {
        return asOwner(DiskSpace.words(parent()));
    }

    /// Puts the files that are this server's own into an archive beside its data directory; those that are not
    /// there are left out.
    Privilege keep() {
        var words = new ArrayList<>(
                List.of("/usr/bin/tar", "-C", postgres.dataDir(), "--ignore-failed-read", "-cf", archive()));
        words.addAll(OWN_FILES);
        return asOwner(words);
    }

    /// Puts them back.
    Privilege putBack(String directory) {
        return asOwner(List.of("/usr/bin/tar", "-C", directory, "-xpf", archive()));
    }

    /// Everything of a file system is on disk.
    Privilege sync(String directory) {
        return asOwner(List.of("/usr/bin/sync", "-f", directory));
    }

    /// Where the server's own files are kept meanwhile.
    String archive() {
        return postgres.dataDir() + ".heliosctl-own.tar";
    }

    /// There from before pg_rewind begins until its result is good: what lies in the data directory meanwhile
    /// must not be started.
    String marker() {
        return postgres.dataDir() + ".heliosctl-rewind";
    }

    /// How these programs log in. A password never is part of it: it comes from the password file.
    private String login(Node upstream, Map<String, String> more) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("host", upstream.host());
        parameters.put("port", Integer.toString(upstream.postgres().port()));
        parameters.put("user", postgres.replicationUser());
        parameters.put("connect_timeout", "5");
        parameters.put("application_name", "heliosctl");
        parameters.putAll(more);
        postgres.passfile().ifPresent(file -> parameters.put("passfile", file));
        postgres.conninfo().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("ssl"))
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> parameters.put(entry.getKey(), entry.getValue()));
        return new Conninfo(parameters).toString();
    }

    /// Everything of this that sudo must allow.
    List<Privilege> all(List<Node> others) {
        return Stream.of(
                        others.stream().flatMap(other -> Stream.of(tryRewind(other), rewind(other), copy(other))),
                        Stream.of(keep(), putBack(postgres.dataDir()), sync(postgres.dataDir())),
                        Stream.of(putBack(newDirectory()), sync(newDirectory())),
                        Stream.of(place(), mayWriteBeside(), walIsInside(), space()))
                .flatMap(each -> each)
                .toList();
    }

    private Privilege asOwner(List<String> words) {
        return new Privilege(postgres.osUser(), words);
    }
}
