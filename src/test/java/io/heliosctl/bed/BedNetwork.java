package io.heliosctl.bed;

import com.github.dockerjava.api.exception.DockerException;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.testcontainers.containers.Network;

/// A Docker network of the bed's own, where every host keeps its address even over a reboot. Runs of the tests
/// on the same machine do not meet: each has its own range.
record BedNetwork(Network network, String prefix) {

    /// Marks what belongs to a test run; the value is its process, so that `src/test/bed/sweep` knows what is
    /// left over.
    static final Map<String, String> LABEL =
            Map.of("io.heliosctl.bed", Long.toString(ProcessHandle.current().pid()));

    private static final int ATTEMPTS = 50;

    /// Makes the network in the first range that is free.
    static BedNetwork create() {
        for (int attempt = 1; ; attempt++) {
            String prefix = "172.30." + ThreadLocalRandom.current().nextInt(256) + ".";
            try {
                return new BedNetwork(named(prefix), prefix);
            } catch (DockerException e) {
                if (attempt == ATTEMPTS || !String.valueOf(e.getMessage()).contains("overlap")) {
                    throw e;
                }
            }
        }
    }

    private static Network named(String prefix) {
        var range = new com.github.dockerjava.api.model.Network.Ipam()
                .withConfig(new com.github.dockerjava.api.model.Network.Ipam.Config()
                        .withSubnet(prefix + "0/24")
                        .withGateway(prefix + "1"));
        Network network = Network.builder()
                .createNetworkCmdModifier(command -> command.withIpam(range).withLabels(LABEL))
                .build();
        network.getId();
        return network;
    }

    String address(int last) {
        return prefix + last;
    }
}
