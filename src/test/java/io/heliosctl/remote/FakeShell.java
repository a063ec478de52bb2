package io.heliosctl.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/// What stands at the other end of a channel: a real shell, or something that answers oddly.
final class FakeShell implements Command {

    /// What the other end does with a channel.
    interface Behaviour {

        void run(FakeShell shell) throws IOException, InterruptedException;
    }

    private final String command;
    private final Behaviour behaviour;
    private InputStream input;
    private OutputStream output;
    private OutputStream errors;
    private ExitCallback exit;
    private ChannelSession channel;
    private volatile Process process;

    FakeShell(String command, Behaviour behaviour) {
        this.command = command;
        this.behaviour = behaviour;
    }

    /// A real shell of this machine, with its words.
    static Behaviour of(String... shell) {
        return fake -> fake.runProcess(List.of(shell));
    }

    /// A login shell that prints before it starts the real one.
    static Behaviour noisy(String noise) {
        return fake -> {
            fake.say(noise);
            fake.complain(noise);
            fake.runProcess(List.of("/bin/sh"));
        };
    }

    void say(String text) throws IOException {
        output.write(text.getBytes(StandardCharsets.UTF_8));
        output.flush();
    }

    void complain(String text) throws IOException {
        errors.write(text.getBytes(StandardCharsets.UTF_8));
        errors.flush();
    }

    void exit(int status) {
        exit.onExit(status);
    }

    void hangUp() {
        channel.close(false);
    }

    void loseConnection() {
        channel.getSession().close(true);
    }

    String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
            line.append((char) next);
        }
        return line.toString();
    }

    ChannelSession channel() {
        return channel;
    }

    private void runProcess(List<String> shell) throws IOException, InterruptedException {
        if (!command.equals("/bin/sh -s")) {
            complain("only /bin/sh -s is expected, not " + command);
            exit(99);
            return;
        }
        List<String> words = new ArrayList<>(shell);
        words.add("-s");
        process = new ProcessBuilder(words).start();
        Thread feeding = Thread.startVirtualThread(() -> pump(input, process.getOutputStream(), true));
        Thread complaining = Thread.startVirtualThread(() -> pump(process.getErrorStream(), errors, false));
        pump(process.getInputStream(), output, false);
        complaining.join();
        exit(process.waitFor());
        feeding.interrupt();
    }

    private static void pump(InputStream from, OutputStream to, boolean close) {
        byte[] buffer = new byte[8192];
        try {
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                to.write(buffer, 0, count);
                to.flush();
            }
            if (close) {
                to.close();
            }
        } catch (IOException e) {
            // One side has gone away; the exit status tells what there is to tell.
        }
    }

    @Override
    public void start(ChannelSession session, Environment environment) {
        channel = session;
        Thread.ofVirtual().start(() -> {
            try {
                behaviour.run(this);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void destroy(ChannelSession session) {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Override
    public void setInputStream(InputStream stream) {
        input = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
        output = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
        errors = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }
}
