package io.heliosctl.hosts;

import io.heliosctl.bed.BedNode;
import io.heliosctl.bed.Fault;
import io.heliosctl.bed.Faults;
import io.heliosctl.bed.Host;
import io.heliosctl.bed.HostsBed;
import io.heliosctl.bed.OnHosts;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a run will need on the hosts is asked for before it begins.
@OnHosts
class RefusedHostsHostsTest {

    private static final String SUDOERS = "/etc/sudoers.d/heliosctl";

    private static Scene scene;

    private final HostsBed bed;

    RefusedHostsHostsTest(HostsBed bed) {
        this.bed = bed;
    }

    @BeforeAll
    static void fresh(HostsBed bed, @TempDir Path state) {
        scene = Scene.healthy(bed, state);
    }

    @Test
    void aLineOfSudoersIsMissing() {
        scene.refuses(() -> withoutLines(bed.host("pgdb2"), "systemctl start"), """
                error[sudo-refused]: pgdb2: sudo does not let heliosctl run # of # commands
                  detail: as root: /usr/bin/systemctl start postgresql@15-main
                  hint: Install there what "heliosctl inventory sudoers pgdb2" prints, as /etc/sudoers.d/heliosctl.
                """);
    }

    @Test
    void aLineOfSudoersIsMissingOnThePoolersHost() {
        scene.refuses(() -> withoutLines(bed.host("pgb1"), "pgbouncer.ini"), """
                error[sudo-refused]: pgb1: sudo does not let heliosctl run # of # commands
                  detail: as root: /usr/bin/cat /etc/pgbouncer/pgbouncer.ini
                    as root: /usr/bin/test -e /etc/pgbouncer/pgbouncer.ini
                    as root: /usr/bin/test ! -e /etc/pgbouncer/pgbouncer.ini
                    as root: /usr/bin/test ! -L /etc/pgbouncer/pgbouncer.ini
                    as root: /usr/bin/readlink -f /etc/pgbouncer/pgbouncer.ini
                    and # more
                  hint: Install there what "heliosctl inventory sudoers pgb1" prints, as /etc/sudoers.d/heliosctl.
                error[file-refused]: pgb1: cannot read /etc/pgbouncer/pgbouncer.ini
                  detail: sudo: a password is required
                    sudo: a password is required
                """);
    }

    @Test
    void theWholeSudoersFileIsMissing() {
        scene.refuses(() -> withoutLines(bed.host("pgdb3"), "NOPASSWD"), """
                error[sudo-refused]: pgdb3: sudo does not let heliosctl run # of # commands
                  detail: as postgres: /usr/lib/postgresql/15/bin/pg_controldata -D /var/lib/postgresql/15/main
                    as postgres: /usr/lib/postgresql/15/bin/pg_ctl status -D /var/lib/postgresql/15/main
                    as postgres: /usr/lib/postgresql/15/bin/pg_ctl stop -D /var/lib/postgresql/15/main -m fast -W
                    as postgres: /usr/lib/postgresql/15/bin/pg_ctl stop -D /var/lib/postgresql/15/main -m immediate -W
                    as root: /usr/bin/systemctl start postgresql@15-main
                    and # more
                  hint: Install there what "heliosctl inventory sudoers pgdb3" prints, as /etc/sudoers.d/heliosctl.
                """);
    }

    @Test
    void aProgramOfPostgresqlIsMissing() {
        scene.refuses(() -> gone(bed.host("pgdb2"), "/usr/lib/postgresql/15/bin/pg_controldata"), """
                error[program-missing]: pgdb2: a program is not there
                  detail: /usr/lib/postgresql/15/bin/pg_controldata
                  hint: Install it there, or correct its place in the inventory, such as "bin_dir".
                """);
    }

    @Test
    void theDirectoryOfProgramsIsWrong() {
        scene.refuses(Breaks::nothing, """
                error[program-missing]: pgdb1: a program is not there
                  detail: /usr/lib/postgresql/14/bin/pg_controldata
                    /usr/lib/postgresql/14/bin/pg_ctl
                    /usr/lib/postgresql/14/bin/psql
                  hint: Install it there, or correct its place in the inventory, such as "bin_dir".
                error[program-missing]: pgdb2: a program is not there
                  detail: /usr/lib/postgresql/14/bin/pg_controldata
                    /usr/lib/postgresql/14/bin/pg_ctl
                    /usr/lib/postgresql/14/bin/psql
                  hint: Install it there, or correct its place in the inventory, such as "bin_dir".
                error[program-missing]: pgdb3: a program is not there
                  detail: /usr/lib/postgresql/14/bin/pg_controldata
                    /usr/lib/postgresql/14/bin/pg_ctl
                    /usr/lib/postgresql/14/bin/psql
                  hint: Install it there, or correct its place in the inventory, such as "bin_dir".
                """, "--set", "postgres.bin_dir=/usr/lib/postgresql/14/bin");
    }

    @Test
    void psqlIsMissingOnThePoolersHost() {
        scene.refusesBlindly(() -> gone(bed.host("pgb1"), "/usr/bin/psql"), """
                error[pooler-unreachable]: pooler pgb1 could not be asked
                  detail: cannot reach the console of PgBouncer pgb1 as user heliosctl. /bin/sh: #: exec: /usr/bin/psql: not found.
                  hint: Its clients would go on to the old primary. Bring it back, or take it out of the inventory.
                """);
    }

    @Test
    void systemctlIsMissing() {
        scene.refusesBlindly(() -> gone(bed.host("pgdb2"), "/usr/bin/systemctl"), """
                error[program-missing]: pgdb2: a program is not there
                  detail: /usr/bin/systemctl
                  hint: Install it there, or correct its place in the inventory, such as "bin_dir".
                """);
    }

    @Test
    void theUnitIsNotTheOneThatRuns() {
        scene.refuses(Breaks::nothing, """
                error[sudo-refused]: pgdb2: sudo does not let heliosctl run 6 of # commands
                  detail: as root: /usr/bin/systemctl start postgresql@16-main
                    as root: /usr/bin/systemctl stop postgresql@16-main
                    as root: /usr/bin/systemctl restart postgresql@16-main
                    as root: /usr/bin/systemctl stop --no-block postgresql@16-main
                    as root: /usr/bin/systemctl mask postgresql@16-main
                    and 1 more
                  hint: Install there what "heliosctl inventory sudoers pgdb2" prints, as /etc/sudoers.d/heliosctl.
                error[unit-not-active]: pgdb2: PostgreSQL runs, but not as unit postgresql@16-main
                  detail: systemd says of that unit: inactive. Starting it would start another server, or none.
                  hint: Correct "service" in the inventory; "systemctl status PID" on the host names the unit of a process.
                """, "--set", "nodes.pgdb2.postgres.service=postgresql@16-main");
    }

    @Test
    void aHostDoesNotAnswer() {
        scene.refusesBlindly(() -> Faults.deafPort(bed.host("pgdb3"), 22), """
                error[node-unreachable]: node pgdb3 could not be asked
                  detail: cannot reach pgdb3.address: No answer on port 22 within 5 s.
                  hint: Whether it is a second primary is not known. Bring it back, or take it out of the inventory.
                """);
    }

    @Test
    void aStandbyIsStopped() {
        scene.refusesBlindly(() -> Faults.stopped(bed.host("pgdb2"), BedNode.UNIT), """
                error[not-a-standby]: pgdb2 is not a running standby
                  detail: PostgreSQL does not run there ("shut down in recovery").
                  hint: Start PostgreSQL on pgdb2, or choose another standby with --to.
                """, "--to", "pgdb2");
    }

    private static Fault withoutLines(Host host, String text) {
        var kept = host.read(SUDOERS)
                .lines()
                .filter(line -> !line.contains(text))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        return Faults.text(host, SUDOERS, kept);
    }

    private static Fault gone(Host host, String program) {
        host.succeed("mv -T \"$1\" \"$1.gone\"", program);
        return () -> host.run("mv -T \"$1.gone\" \"$1\"", program);
    }
}
