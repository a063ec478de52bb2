package io.heliosctl.bed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Makes a bed fresh without booting its hosts again.
final class Reset {

    private static final Duration STREAMING_LIMIT = Duration.ofSeconds(20);

    private Reset() {}

    static void of(HostsBed bed, PoolerIni ini) {
        Together.each(bed.hosts(), Reset::clear);
        BedNode primary = bed.nodes().getFirst();
        start(primary);
        List<Runnable> rest = new ArrayList<>();
        bed.nodes().stream().skip(1).forEach(node -> rest.add(() -> start(node)));
        bed.poolers().forEach(pooler -> rest.add(() -> pooler(bed, pooler, ini.text(pooler, primary))));
        Together.each(rest, Runnable::run);
        awaitStreaming(primary);
    }

    private static void awaitStreaming(BedNode primary) {
        String streaming = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'";
        Await.until(
                "both standbys stream",
                STREAMING_LIMIT,
                () -> primary.ask(streaming).equals("2"),
                () -> primary.ask(
                        "SELECT string_agg(application_name || ' ' || state, ', ') FROM pg_stat_replication"));
    }

    /// Makes a cluster and keeps it as it is on disk, shut down, with the standbys as far as the primary. It is
    /// what every [#of] puts back, since making one takes three times as long.
    static void keep(HostsBed bed) {
        Together.each(bed.hosts(), Reset::clear);
        BedNode primary = bed.nodes().getFirst();
        primary.host().succeed(Scripts.script("primary"));
        start(primary);
        primary.host().succeed(Scripts.script("roles"));
        List<BedNode> standbys = bed.nodes().stream().skip(1).toList();
        Together.each(standbys, standby -> {
            standby.host().succeed(Scripts.script("standby"), primary.host().address(), standby.name());
            start(standby);
        });
        awaitStreaming(primary);
        primary.host().succeed(Scripts.script("keep"));
        Together.each(standbys, standby -> standby.host().succeed(Scripts.script("keep")));
    }

    private static void start(BedNode node) {
        node.host().succeed(Scripts.script("start"));
    }

    private static void pooler(HostsBed bed, BedPooler pooler, String ini) {
        bed.writePgbouncerIni(pooler, ini);
        pooler.host().succeed(Scripts.script("pooler"));
    }

    private static void clear(Host host) {
        switch (host.power()) {
            case "paused" -> host.thaw();
            case "exited" -> host.powerOn();
            default -> {}
        }
        host.succeed(Scripts.script("clear"));
    }
}
