package io.heliosctl.loopback;

import io.heliosctl.demo.LoopbackCluster;
import io.heliosctl.remote.EmbeddedSshServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// A cluster of real servers for a test, with its SSH server in this process; gone when it is closed.
public final class LoopbackBed implements AutoCloseable {

    private final LoopbackCluster cluster;
    private final EmbeddedSshServer ssh;

    private LoopbackBed(LoopbackCluster cluster, EmbeddedSshServer ssh) {
        this.cluster = cluster;
        this.ssh = ssh;
    }

    /// Starts that many nodes and two poolers.
    public static LoopbackBed start(int nodes) {
        LoopbackCluster cluster = LoopbackCluster.create(directory(), nodes);
        return new LoopbackBed(cluster, cluster.serveSsh());
    }

    /// A new directory that the servers can reach, also where they run as another user; its name is short, as
    /// the names of Unix sockets have to be.
    public static Path directory() {
        try {
            Path directory = Files.createTempDirectory("hbed");
            return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public LoopbackCluster cluster() {
        return cluster;
    }

    @Override
    public void close() {
        ssh.close();
        cluster.remove();
    }
}
