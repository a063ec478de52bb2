package io.heliosctl.demo;

import java.util.stream.Collectors;

/// The inventory of a cluster on this machine.
final class InventoryText {

    private InventoryText() {}

    static String of(Plan plan, Programs programs, Account account) {
        return """
                # The cluster that `heliosctl demo` made. Every "host" is a loopback address of this machine, behind one SSH
                # server that heliosctl brings; there are no services, so pg_ctl starts and stops the servers.
                version: 1
                defaults:
                  ssh:
                    user: %s
                    port: %d
                    key: %s
                    known_hosts: %s
                    config: null               # not yours
                  postgres:
                    bin_dir: %s
                    os_user: %s
                    role: heliosctl
                    replication_user: replicator
                    connect: socket
                  pgbouncer:
                    os_user: %s
                    admin: %s
                    psql: %s
                clusters:
                  demo:
                    environment: demo
                    nodes:
                %s    poolers:
                %s    databases:
                      - { name: app }
                """.formatted(
                        account.user(),
                        plan.sshPort(),
                        plan.file("key"),
                        plan.file("known_hosts"),
                        programs.postgresBin(),
                        account.user(),
                        account.user(),
                        account.user(),
                        programs.psql(),
                        plan.nodes().stream().map(InventoryText::node).collect(Collectors.joining()),
                        plan.poolers().stream().map(InventoryText::pooler).collect(Collectors.joining()));
    }

    private static String node(Member node) {
        return """
                      %s:
                        host: %s
                        postgres:
                          port: %d
                          data_dir: %s
                          config_file: %s
                          socket_dir: %s
                          log_file: %s
                          passfile: %s
                """.formatted(
                        node.name(),
                        node.address(),
                        node.port(),
                        node.file("data"),
                        node.file("postgresql.conf"),
                        node.sockets(),
                        node.file("server.log"),
                        node.file("pgpass"));
    }

    private static String pooler(Member pooler) {
        return """
                      %s:
                        host: %s
                        pgbouncer:
                          port: %d
                          socket_dir: %s
                          pid_file: %s
                          config: %s
                          settings:
                            listen_addr: %s
                            auth_type: hba
                            auth_hba_file: %s
                            auth_file: %s
                            logfile: %s
                """.formatted(
                        pooler.name(),
                        pooler.address(),
                        pooler.port(),
                        pooler.sockets(),
                        pooler.file("pgbouncer.pid"),
                        pooler.file("pgbouncer.ini"),
                        pooler.address(),
                        pooler.file("hba.conf"),
                        pooler.file("userlist.txt"),
                        pooler.file("pgbouncer.log"));
    }
}
