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
        primary.host().succeed(Scripts.script("primary"));
        List<Runnable> rest = new ArrayList<>();
        bed.nodes().stream().skip(1).forEach(standby -> rest.add(() -> standby(standby, primary)));
        bed.poolers().forEach(pooler -> rest.add(() -> pooler(bed, pooler, ini.text(pooler, primary))));
        rest.add(() -> primary.host().succeed("systemctl start " + BedNode.UNIT));
        Together.each(rest, Runnable::run);
        String streaming = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'";
        Await.until(
                "both standbys stream",
                STREAMING_LIMIT,
                () -> primary.ask(streaming).equals("2"),
                () -> primary.ask(
                        "SELECT string_agg(application_name || ' ' || state, ', ') FROM pg_stat_replication"));
    }

    private static void standby(BedNode standby, BedNode primary) {
        standby.host().succeed(Scripts.script("standby"), primary.host().address(), standby.name());
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
