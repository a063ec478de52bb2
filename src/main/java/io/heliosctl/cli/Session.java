package io.heliosctl.cli;

import io.heliosctl.control.Hosts;
import io.heliosctl.control.LiveCluster;
import io.heliosctl.control.Questions;
import io.heliosctl.model.Cluster;
import io.heliosctl.model.Topology;

/// The connections to one cluster for the time of one command.
final class Session implements AutoCloseable {

    private final LiveCluster live;

    private Session(LiveCluster live) {
        this.live = live;
    }

    /// Connects to every host of a cluster, in parallel. A host that cannot be reached is seen in the
    /// observation.
    static Session open(InventoryOptions inventory, Cluster cluster) {
        return open(inventory, cluster, Questions.nobody());
    }

    /// The same, with somebody who can be asked while a runbook runs.
    static Session open(InventoryOptions inventory, Cluster cluster, Questions questions) {
        var hosts = Hosts.open(cluster, Prompts::passphrase);
        var secrets = inventory.secrets(cluster);
        return new Session(new LiveCluster(cluster, hosts, inventory.templates(), secrets::find, questions));
    }

    LiveCluster cluster() {
        return live;
    }

    Topology observe() {
        return live.observe();
    }

    @Override
    public void close() {
        live.close();
    }
}
