package io.heliosctl.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.bed.BedNode;
import io.heliosctl.bed.BedPooler;
import io.heliosctl.bed.Host;
import io.heliosctl.bed.HostsBed;
import io.heliosctl.cli.InProcess;
import io.heliosctl.control.Rendering;
import io.heliosctl.document.TemplateFolder;
import io.heliosctl.inventory.Inventory;
import io.heliosctl.inventory.Surroundings;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.PoolerName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Brings the bed into the state a site is in that has followed the manual: poolers with the rendered
/// configuration, sudo with exactly the lines that `heliosctl inventory sudoers` prints.
final class Prepared {

    /// They are the same for every test of a bed.
    private static final Map<HostsBed, Map<String, String>> SUDOERS = new ConcurrentHashMap<>();

    private Prepared() {}

    /// A fresh cluster whose primary is pgdb1, and the tool that manages it.
    static Tool fresh(HostsBed bed, Path state) {
        var inventory = Inventory.read(bed.inventory(), List.of(), Surroundings.ofProcess());
        var cluster = inventory.clusters().getFirst();
        var rendering = new Rendering(cluster, TemplateFolder.builtIn());
        bed.reset((BedPooler pooler, BedNode primary) -> {
            var declared = cluster.pooler(new PoolerName(pooler.name()));
            var instance = declared.pgbouncer().instances().getFirst();
            var node = cluster.node(new NodeName(primary.name()));
            return rendering.pooler(declared, instance, node, Optional.empty()).text();
        });
        var sudoers = SUDOERS.computeIfAbsent(bed, Prepared::sudoers);
        bed.hosts().parallelStream().forEach(host -> host.installSudoers(sudoers.get(host.name())));
        return new Tool(bed.inventory(), state);
    }

    private static Map<String, String> sudoers(HostsBed bed) {
        return bed.hosts().stream().map(Host::name).collect(Collectors.toMap(name -> name, name -> sudoers(bed, name)));
    }

    private static String sudoers(HostsBed bed, String host) {
        var ran = InProcess.run("-i", bed.inventory().toString(), "inventory", "sudoers", host);
        assertEquals(0, ran.exit(), ran::err);
        return ran.out();
    }
}
