package io.heliosctl.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class InventoryTextTest {

    @Test
    void aClusterOfOneNodeAndOnePooler() {
        Path here = Path.of("/demo");
        Plan plan = new Plan(
                here,
                List.of(new Member("pgdb1", "127.0.1.11", 20001, here.resolve("pgdb1"))),
                List.of(new Member("pgb1", "127.0.1.21", 20002, here.resolve("pgb1"))),
                20003,
                "secret");
        Programs programs =
                new Programs(Path.of("/pg/bin"), 15, Path.of("/usr/sbin/pgbouncer"), Path.of("/pg/bin/psql"));
        assertEquals("""
                # The cluster that `heliosctl demo` made. Every "host" is a loopback address of this machine, behind one SSH
                # server that heliosctl brings; there are no services, so pg_ctl starts and stops the servers.
                version: 1
                defaults:
                  ssh:
                    user: alice
                    port: 20003
                    key: /demo/key
                    known_hosts: /demo/known_hosts
                    config: null               # not yours
                  postgres:
                    bin_dir: /pg/bin
                    os_user: alice
                    role: heliosctl
                    replication_user: replicator
                    connect: socket
                  pgbouncer:
                    os_user: alice
                    admin: alice
                    psql: /pg/bin/psql
                clusters:
                  demo:
                    environment: demo
                    nodes:
                      pgdb1:
                        host: 127.0.1.11
                        postgres:
                          port: 20001
                          data_dir: /demo/pgdb1/data
                          config_file: /demo/pgdb1/postgresql.conf
                          socket_dir: /demo/pgdb1/run
                          log_file: /demo/pgdb1/server.log
                          passfile: /demo/pgdb1/pgpass
                    poolers:
                      pgb1:
                        host: 127.0.1.21
                        pgbouncer:
                          port: 20002
                          socket_dir: /demo/pgb1/run
                          pid_file: /demo/pgb1/pgbouncer.pid
                          config: /demo/pgb1/pgbouncer.ini
                          settings:
                            listen_addr: 127.0.1.21
                            auth_type: hba
                            auth_hba_file: /demo/pgb1/hba.conf
                            auth_file: /demo/pgb1/userlist.txt
                            logfile: /demo/pgb1/pgbouncer.log
                    databases:
                      - { name: app }
                """, InventoryText.of(plan, programs, new Account("alice", Path.of("/home/alice"), List.of())));
    }
}
