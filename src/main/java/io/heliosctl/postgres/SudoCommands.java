package io.heliosctl.postgres;

import io.heliosctl.model.Node;
import io.heliosctl.remote.Privilege;
import java.util.ArrayList;
import java.util.List;

/// What sudo must allow for all that is done to a node.
public final class SudoCommands {

    private SudoCommands() {}

    /// Every command that [PostgresServer] may need.
    ///
    /// @param others the nodes that it may have to replicate from
    public static List<Privilege> needed(Node node, List<Node> others) {
        var all = new ArrayList<>(new Programs(node).all(others));
        all.addAll(StandbyFiles.privileges(node));
        all.addAll(Leftovers.privileges(node));
        return List.copyOf(all);
    }

    /// Commands without which less is told, or less of a lost primary's WAL is read, and nothing is refused: a
    /// failover must not wait for a sudoers file.
    public static List<Privilege> further(Node node) {
        var all = new ArrayList<>(new Programs(node).countTransactions());
        all.addAll(WalFiles.privileges(node));
        return List.copyOf(all);
    }
}
