package io.heliosctl.demo;

import io.heliosctl.remote.EmbeddedSshServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// The program behind [SshProcess]; not for the command line.
public final class ServeSsh {

    private static final Duration LOOK = Duration.ofSeconds(2);

    private ServeSsh() {}

    /// Serves the cluster in the directory that is the one argument until it is ended, or the directory is
    /// gone.
    public static void main(String[] arguments) throws InterruptedException {
        Path directory = Path.of(arguments[0]);
        LoopbackCluster cluster = LoopbackCluster.open(directory);
        EmbeddedSshServer server = cluster.serveSsh();
        try {
            Path pidFile = new SshProcess(Plan.load(directory)).pidFile();
            Private.write(pidFile, ProcessHandle.current().pid() + "\n");
            while (Files.exists(pidFile)) {
                Thread.sleep(LOOK);
            }
        } finally {
            server.close();
        }
    }
}
