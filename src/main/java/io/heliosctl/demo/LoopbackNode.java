package io.heliosctl.demo;

import io.heliosctl.model.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// One PostgreSQL server of a cluster on this machine, and what can be done to it: also what an accident
/// would do.
public final class LoopbackNode {

    private static final Duration STOP = Duration.ofSeconds(30);

    private final Member member;
    private final Programs programs;
    private final Account account;
    private final String password;

    LoopbackNode(Member member, Programs programs, Account account, String password) {
        this.member = member;
        this.programs = programs;
        this.account = account;
        this.password = password;
    }

    public String name() {
        return member.name();
    }

    public Member member() {
        return member;
    }

    public Path dataDirectory() {
        return member.file("data");
    }

    /// Makes an empty server, starts it, and makes the roles and the database `app`.
    void createPrimary() {
        writeFiles();
        postgres(
                "initdb",
                "-D",
                dataDirectory().toString(),
                "-U",
                "postgres",
                "-E",
                "UTF8",
                "--locale=C",
                "-k",
                "--auth=peer",
                "--no-sync",
                "--no-instructions");
        start();
        script("\\set password '" + password + "'\n\\set owner '" + account.user() + "'\n"
                + resource("/demo/roles.sql"));
        script(grants());
    }

    /// Makes a standby out of a running server.
    void createStandbyOf(Member upstream) {
        writeFiles();
        List<String> clone = List.of(
                programs.postgres("pg_basebackup"),
                "-D",
                dataDirectory().toString(),
                "-h",
                upstream.address(),
                "-p",
                Integer.toString(upstream.port()),
                "-U",
                "replicator",
                "-w",
                "-c",
                "fast",
                "-X",
                "stream",
                "--no-sync");
        LocalCommand.of(clone)
                .with("PGPASSFILE", member.file("pgpass").toString())
                .run(account);
        account.write(dataDirectory().resolve("postgresql.auto.conf"), ServerFiles.autoConf(member, upstream));
        account.write(dataDirectory().resolve("standby.signal"), "");
        start();
    }

    /// Makes a new standby out of it, whatever it was: its data directory is renamed and one of another node's
    /// data takes its place.
    public void cloneAgain(LoopbackNode upstream) {
        if (isRunning()) {
            stop();
        }
        try {
            Files.move(dataDirectory(), member.file("data.kept-" + System.nanoTime()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot rename " + dataDirectory(), e);
        }
        createStandbyOf(upstream.member());
    }

    /// Starts the server and waits until it answers.
    ///
    /// @throws ProblemException if it does not within a minute, with the end of its log
    public void start() {
        try {
            postgres(
                    "pg_ctl",
                    "start",
                    "-D",
                    dataDirectory().toString(),
                    "-w",
                    "-t",
                    "60",
                    "-s",
                    "-l",
                    member.file("server.log").toString(),
                    "-o",
                    "-c config_file=" + member.file("postgresql.conf"));
        } catch (ProblemException e) {
            throw Failures.notStarted(member, member.file("server.log"), e);
        }
    }

    /// Stops the server as `pg_ctl stop -m fast` does; kills it when that takes longer than 30 s.
    public void stop() {
        process().end("INT", STOP);
    }

    /// Kills the postmaster and all its children, as the kernel does when memory runs out.
    public void kill() {
        process().end("KILL", STOP);
    }

    /// Stops all its processes in their tracks: the server is there and does not answer.
    public void freeze() {
        OwnProcess.signal("STOP", process().family());
    }

    /// Undoes [#freeze].
    public void thaw() {
        OwnProcess.signal("CONT", process().family());
    }

    public boolean isRunning() {
        return process().isRunning();
    }

    /// Runs one statement as the superuser, in a connection of its own, and gives its rows as text; a null is
    /// "".
    ///
    /// @throws SQLException as the server has it
    public List<List<String>> sql(String statement) throws SQLException {
        try (Connection connection = connect("postgres")) {
            return Sql.rows(connection, statement);
        }
    }

    /// A connection as the superuser, past the poolers.
    ///
    /// @throws SQLException if the server does not let it in
    public Connection connect(String database) throws SQLException {
        return Sql.connect(member, database, "postgres", password);
    }

    private OwnProcess process() {
        return new OwnProcess(dataDirectory().resolve("postmaster.pid"), member.directory());
    }

    private void writeFiles() {
        account.makeDirectory(member.directory());
        account.makeDirectory(member.sockets());
        account.write(member.file("postgresql.conf"), ServerFiles.postgresql(member));
        account.write(member.file("pg_hba.conf"), ServerFiles.hba());
        account.write(member.file("pg_ident.conf"), ServerFiles.ident(account));
        account.write(member.file("pgpass"), ServerFiles.pgpass(password, List.of("replicator")));
    }

    private void postgres(String program, String... words) {
        LocalCommand.of(programs.postgres(program)).and(List.of(words)).run(account);
    }

    /// By psql, as the superuser has no password yet.
    private void script(String text) {
        LocalCommand.of(
                        programs.psql().toString(),
                        "-X",
                        "-q",
                        "-v",
                        "ON_ERROR_STOP=1",
                        "-U",
                        "postgres",
                        "-d",
                        "postgres",
                        "-h",
                        member.sockets().toString(),
                        "-p",
                        Integer.toString(member.port()))
                .reading(text)
                .run(account);
    }

    /// Before PostgreSQL 15 only a superuser may run CHECKPOINT.
    private String grants() {
        return resource("/sql/grants.sql") + (programs.version() < 15 ? "ALTER ROLE heliosctl SUPERUSER;\n" : "");
    }

    private static String resource(String path) {
        try (InputStream stream = LoopbackNode.class.getResourceAsStream(path)) {
            if (stream == null) {
                throw new IllegalStateException("not in the jar: " + path);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
