package io.heliosctl.control;

import io.heliosctl.model.Cluster;
import io.heliosctl.model.ProblemException;
import io.heliosctl.remote.Permit;
import io.heliosctl.remote.Remote;
import io.heliosctl.remote.Script;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/// What the dead-man's switches of one run are called on the hosts.
///
/// @param key what names the cluster the same for every operator
/// @param epoch the number of the run: nothing is armed where a later one has begun
record SwitchMaker(Hosts hosts, String key, String run, long epoch) {

    /// @throws ProblemException if its host was not reached
    HostSwitch of(String target, Script deed) {
        var remote = hosts.remote(target).orElseThrow(() -> new ProblemException(hosts.problem(target)));
        var first = "%s %s %s".formatted(word(run), word(target), word(System.getProperty("user.name", "")));
        var permit = new Permit(name(), word(target) + "." + word(run), epoch);
        return new HostSwitch(target, remote, permit, first, deed);
    }

    SwitchTraces traces(Cluster cluster) {
        var byAddress = new LinkedHashMap<String, Remote>();
        Stream.concat(
                        cluster.nodes().stream()
                                .map(node -> List.of(
                                        node.name().value(),
                                        node.host() + ":" + node.ssh().port())),
                        cluster.poolers().stream()
                                .map(pooler -> List.of(
                                        pooler.name().value(),
                                        pooler.host() + ":" + pooler.ssh().port())))
                .forEach(each -> hosts.remote(each.getFirst())
                        .ifPresent(remote -> byAddress.putIfAbsent(each.getLast(), remote)));
        return new SwitchTraces(List.copyOf(byAddress.values()), name());
    }

    private String name() {
        return "heliosctl-" + key;
    }

    static String word(String text) {
        var clean = text.replaceAll("[^A-Za-z0-9._+@-]", "_");
        return clean.isEmpty() ? "-" : clean;
    }
}
