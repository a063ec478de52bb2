package io.heliosctl.control;

import io.heliosctl.model.NodeName;
import io.heliosctl.model.ProblemException;

/// What the long commands of one run are called on the hosts.
///
/// @param key what names the cluster the same for every operator
record JobMaker(Hosts hosts, String key, String run) {

    /// @param what in one word
    /// @param word that only its command line has
    /// @throws ProblemException if its host was not reached
    HostJob of(NodeName node, String what, String word) {
        var remote = hosts.remote(node.value()).orElseThrow(() -> new ProblemException(hosts.problem(node.value())));
        var name = "%s.%s.%s".formatted(SwitchMaker.word(node.value()), what, SwitchMaker.word(run));
        return new HostJob(remote, "heliosctl-" + key, name, word);
    }
}
