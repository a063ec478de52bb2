package io.heliosctl.remote;

import io.heliosctl.model.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// OpenSSH's own sshd on a high port, as the user who runs the tests, in a directory of its own.
final class OpenSshd implements AutoCloseable {

    static final Path PROGRAM = Path.of("/usr/sbin/sshd");

    private final Process process;
    private final int port;
    private final KeyPair hostKey = FakeSshd.ed25519();

    /// @param lines more of sshd_config(5)
    OpenSshd(Path directory, KeyPair user, String... lines) throws IOException, InterruptedException {
        SshHome files = new SshHome(directory.resolve("sshd"));
        port = freePort();
        List<String> config = new ArrayList<>(List.of(
                "Port " + port,
                "ListenAddress 127.0.0.1",
                "HostKey " + files.key("host_key", hostKey),
                "PidFile none",
                "UsePAM no",
                "StrictModes no",
                "PasswordAuthentication no",
                "PermitRootLogin prohibit-password"));
        config.addAll(List.of(lines));
        config.add("AuthorizedKeysFile " + files.write("authorized_keys", FakeSshd.text(user.getPublic())));
        Path file = files.write("sshd_config", config.toArray(String[]::new));
        makePrivilegeSeparationDirectory();
        process = new ProcessBuilder(PROGRAM.toString(), "-D", "-e", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(files.path("log").toFile())
                .start();
        awaitAnswer(files.path("log"));
    }

    int port() {
        return port;
    }

    String knownHostsLine() {
        return "[127.0.0.1]:" + port + " " + FakeSshd.text(hostKey.getPublic());
    }

    /// An sshd of root does not start without it; Debian makes it when the service starts.
    private static void makePrivilegeSeparationDirectory() throws IOException {
        if (System.getProperty("user.name").equals("root")) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
    }

    private void awaitAnswer(Path log) throws IOException, InterruptedException {
        Deadline deadline = Deadline.in(Duration.ofSeconds(10));
        while (!answers()) {
            if (deadline.hasPassed() || !process.isAlive()) {
                throw new IllegalStateException("sshd does not start: " + Files.readString(log));
            }
            Thread.sleep(20);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
