package io.heliosctl.loopback;

import io.heliosctl.control.Hosts;
import io.heliosctl.control.LiveCluster;
import io.heliosctl.control.Questions;
import io.heliosctl.demo.LoopbackCluster;
import io.heliosctl.document.TemplateFolder;
import io.heliosctl.inventory.Inventory;
import io.heliosctl.inventory.Surroundings;
import io.heliosctl.remote.Passphrases;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Connections to a loopback cluster as the program opens them, in this process.
final class Connected {

    private Connected() {}

    static LiveCluster to(LoopbackCluster bed) {
        var here = new Surroundings(bed.directory(), bed.directory(), Map.of());
        var cluster = Inventory.read(bed.inventory(), List.of(), here).select(Optional.empty(), Optional.empty());
        return new LiveCluster(
                cluster,
                Hosts.open(cluster, Passphrases.NONE),
                TemplateFolder.of(Optional.empty(), bed.inventory()),
                secret -> Optional.empty(),
                Questions.nobody());
    }
}
