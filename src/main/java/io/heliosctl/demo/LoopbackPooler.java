package io.heliosctl.demo;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// One PgBouncer of a cluster on this machine.
public final class LoopbackPooler {

    private static final Duration START = Duration.ofSeconds(10);

    private final Member member;
    private final Programs programs;
    private final Account account;
    private final String password;

    LoopbackPooler(Member member, Programs programs, Account account, String password) {
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

    /// Its `pgbouncer.ini`.
    public Path config() {
        return member.file("pgbouncer.ini");
    }

    /// Writes its files, so that the database `app` leads to that node, and starts it.
    void create(Path inventory, Member primary) {
        account.makeDirectory(member.directory());
        account.makeDirectory(member.sockets());
        account.write(config(), PoolerFiles.ini(inventory, member, primary));
        account.write(member.file("hba.conf"), PoolerFiles.hba(account));
        account.write(member.file("userlist.txt"), PoolerFiles.userlist(account, password));
        start();
    }

    /// Starts the process and waits until its PID file is there; it listens before it writes that.
    public void start() {
        LocalCommand.of(programs.pgbouncer().toString(), "-q", "-d", config().toString())
                .run(account);
        if (!Await.until(START, this::isRunning)) {
            throw Failures.notStarted(member, member.file("pgbouncer.log"));
        }
    }

    /// Closes every connection and ends it.
    public void stop() {
        process().end("TERM", Duration.ofSeconds(2));
    }

    /// Kills the process.
    public void kill() {
        process().end("KILL", START);
    }

    /// The process stays and does not answer.
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

    /// A client's connection to the database `app`.
    ///
    /// @throws SQLException if PgBouncer or the server behind it does not let it in
    public Connection connect() throws SQLException {
        return Sql.connect(member, "app", "app", password);
    }

    private OwnProcess process() {
        return new OwnProcess(member.file("pgbouncer.pid"), member.directory());
    }
}
