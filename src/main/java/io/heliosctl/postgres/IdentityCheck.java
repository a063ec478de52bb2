package io.heliosctl.postgres;

import io.heliosctl.model.Node;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.remote.Command;
import io.heliosctl.remote.Ran;
import io.heliosctl.remote.Remote;
import java.util.ArrayList;
import java.util.List;

/// Checks that a server is the one meant: two clusters may live on one host, and a port or a path is easily
/// mistyped.
final class IdentityCheck {

    private static final String SAME_DIRECTORY = "[ \"$1\" -ef \"$2\" ]";

    private final Node node;
    private final Remote remote;

    IdentityCheck(Node node, Remote remote) {
        this.node = node;
        this.remote = remote;
    }

    /// Compares what a server says of itself.
    ///
    /// @throws ProblemException if anything that the server says differs from the inventory or the expected
    ///     system
    void require(String expectedSystem, String system, String dataDirectory, int port) {
        var differences = new ArrayList<String>();
        if (!system.equals(expectedSystem)) {
            differences.add("its system identifier is %s, not %s".formatted(system, expectedSystem));
        }
        if (!isInventorys(dataDirectory)) {
            differences.add("its data directory is %s, not %s"
                    .formatted(dataDirectory, node.postgres().dataDir()));
        }
        if (port != node.postgres().port()) {
            differences.add(
                    "its port is %d, not %d".formatted(port, node.postgres().port()));
        }
        refuse(differences);
    }

    void refuse(List<String> differences) {
        if (!differences.isEmpty()) {
            throw new ProblemException(
                    Problem.error("other-server", "%s is not the server that is meant".formatted(node.name()))
                            .detail(String.join("; ", differences) + "."));
        }
    }

    /// The same path, or another path to the same directory.
    private boolean isInventorys(String dataDirectory) {
        var declared = node.postgres().dataDir();
        if (dataDirectory.equals(declared)) {
            return true;
        }
        return remote.run(Command.script(SAME_DIRECTORY, dataDirectory, declared)) instanceof Ran.Exited exited
                && exited.ok();
    }
}
