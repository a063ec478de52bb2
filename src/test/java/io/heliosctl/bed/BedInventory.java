package io.heliosctl.bed;

import java.util.stream.Collectors;

/// The bed as heliosctl's inventory tells it. Hosts are told by address, since only they know each other's
/// names.
final class BedInventory {

    private BedInventory() {}

    static String text(HostsBed bed) {
        return """
                version: 1
                defaults:
                  ssh:
                    user: heliosctl
                    port: 22
                    key: %s
                    known_hosts: %s
                  postgres:
                    port: 5432
                    service: %s
                    data_dir: %s
                    bin_dir: %s
                    socket_dir: /var/run/postgresql
                    os_user: postgres
                    role: heliosctl
                    replication_user: replicator
                    connect: socket
                  pgbouncer:
                    port: 6432
                    service: pgbouncer
                    os_user: postgres
                    socket_dir: /var/run/postgresql
                    admin: heliosctl
                    config: /etc/pgbouncer/pgbouncer.ini
                    template: pgbouncer.ini.j2
                    settings:
                %s
                secrets:
                  replicator: { file: %s }
                clusters:
                  main:
                    environment: test
                    nodes:
                %s
                    poolers:
                %s
                    databases:
                      - { name: app }
                """.formatted(
                        bed.key(),
                        bed.knownHosts(),
                        BedNode.UNIT,
                        BedNode.DATA,
                        BedNode.BIN,
                        PoolerIni.settings().entrySet().stream()
                                .map(setting -> "      %s: \"%s\"".formatted(setting.getKey(), setting.getValue()))
                                .collect(Collectors.joining("\n")),
                        bed.replicatorSecret(),
                        bed.nodes().stream().map(BedInventory::line).collect(Collectors.joining("\n")),
                        bed.poolers().stream().map(BedInventory::line).collect(Collectors.joining("\n")));
    }

    private static String line(BedNode node) {
        return "      %s: { host: %s }".formatted(node.name(), node.host().address());
    }

    private static String line(BedPooler pooler) {
        return pooler.port() == 6432
                ? "      %s: { host: %s }"
                        .formatted(pooler.name(), pooler.host().address())
                : "      %s: { host: %s, pgbouncer: { port: %d } }"
                        .formatted(pooler.name(), pooler.host().address(), pooler.port());
    }
}
