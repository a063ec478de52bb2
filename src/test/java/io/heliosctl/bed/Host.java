package io.heliosctl.bed;

import com.github.dockerjava.api.DockerClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.containers.GenericContainer;

/// One Debian host of the bed. Commands come in by Docker as root, past SSH and sudo.
public final class Host implements AutoCloseable {

    private static final Duration BOOT_LIMIT = Duration.ofSeconds(60);
    private static final String COMMAND_LIMIT = "120";

    private final String name;
    private final String address;
    private final GenericContainer<?> container;

    Host(String name, String address, GenericContainer<?> container) {
        this.name = name;
        this.address = address;
        this.container = container;
    }

    public String name() {
        return name;
    }

    /// Docker's id of it.
    public String container() {
        return container.getContainerId();
    }

    /// Its IPv4 address, which it keeps.
    public String address() {
        return address;
    }

    /// Runs a shell script as root; the values are `$1`, `$2`, ….
    public Output run(String script, String... values) {
        return run(new byte[0], script, values);
    }

    private Output run(byte[] input, String script, String... values) {
        List<String> words =
                new ArrayList<>(List.of("timeout", "-k", "5", COMMAND_LIMIT, "/bin/sh", "-c", script, "sh"));
        words.addAll(List.of(values));
        return Execution.run(docker(), container.getContainerId(), input, words.toArray(String[]::new));
    }

    /// Runs a shell script as root, which must succeed, and returns what it printed, without the last line
    /// end.
    ///
    /// @throws IllegalStateException if it fails
    public String succeed(String script, String... values) {
        Output output = run(script, values);
        if (output.status() != 0) {
            throw new IllegalStateException("on %s, status %d: %s".formatted(name, output.status(), output.all()));
        }
        return output.text().replaceFirst("\\n$", "");
    }

    /// Writes a file with that owner (`user:group`) and mode, such as `0640`.
    public void write(String path, String text, String owner, String mode) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String script = """
                umask 077
                head -c "$1" >"$2.new" && chown "$3" "$2.new" && chmod "$4" "$2.new" && mv -T "$2.new" "$2\"""";
        Output output = run(bytes, script, Integer.toString(bytes.length), path, owner, mode);
        if (!output.ok()) {
            throw new IllegalStateException("on %s, writing %s: %s".formatted(name, path, output.all()));
        }
    }

    public String read(String path) {
        return run("exec cat \"$1\"", path).text();
    }

    /// Puts the file that `heliosctl inventory sudoers` printed in its place, after sudo has accepted it.
    public void installSudoers(String text) {
        write("/root/sudoers", text, "root:root", "0440");
        succeed("visudo -cqf /root/sudoers && mv /root/sudoers /etc/sudoers.d/heliosctl");
    }

    /// Everything is allowed, for a test that is not about sudo.
    public void allowAllSudo() {
        installSudoers("heliosctl ALL=(ALL) NOPASSWD: ALL\n");
    }

    /// The host stands still, as `docker pause` does it; its peers get no answer.
    public void freeze() {
        docker().pauseContainerCmd(container.getContainerId()).exec();
    }

    public void thaw() {
        docker().unpauseContainerCmd(container.getContainerId()).exec();
    }

    /// The power is cut: nothing is shut down.
    public void powerOff() {
        docker().killContainerCmd(container.getContainerId()).exec();
    }

    /// Boots a host that is off, and waits until systemd is done.
    public void powerOn() {
        docker().startContainerCmd(container.getContainerId()).exec();
        awaitBoot();
    }

    /// Runs, stands still or is off: Docker's word for it, such as `running`.
    public String power() {
        return docker().inspectContainerCmd(container.getContainerId())
                .exec()
                .getState()
                .getStatus();
    }

    void awaitBoot() {
        String state = "systemctl is-system-running; rm -f /run/nologin";
        Await.until(
                name + " is up",
                BOOT_LIMIT,
                () -> List.of("running", "degraded").contains(run(state).text().strip()),
                () -> run("systemctl is-system-running; systemctl list-jobs").all());
    }

    @Override
    public void close() {
        container.stop();
    }

    private DockerClient docker() {
        return container.getDockerClient();
    }

    @Override
    public String toString() {
        return name;
    }

    /// How a command ended.
    public record Output(int status, String text, String errors) {

        private static final int SHOWN = 2000;

        public boolean ok() {
            return status == 0;
        }

        /// Both streams, not too much of them, for a message.
        String all() {
            String all = (errors + text).strip();
            return all.length() <= SHOWN ? all : all.substring(0, SHOWN) + " …";
        }
    }
}
