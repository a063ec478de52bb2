package io.heliosctl.remote;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.Signal;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/// One command of a session: a process, and three threads that carry its streams.
///
/// Platform threads, as reading a pipe of a process blocks the thread that carries a virtual one.
final class EmbeddedSshServerCommand implements Command {

    private static final int CHUNK = 32 * 1024;

    private final List<String> words;
    private final EmbeddedSshServerAccount account;
    private InputStream input = InputStream.nullInputStream();
    private OutputStream output = OutputStream.nullOutputStream();
    private OutputStream errors = OutputStream.nullOutputStream();
    private ExitCallback exit = (status, message, immediately) -> {};

    EmbeddedSshServerCommand(List<String> words, EmbeddedSshServerAccount account) {
        this.words = words;
        this.account = account;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words).directory(home());
        builder.environment().clear();
        builder.environment().putAll(account.environment());
        Process process = builder.start();
        environment.addSignalListener((from, signal) -> forward(signal, process));
        daemon("input", () -> carry(input, process.getOutputStream(), true));
        Thread out = daemon("output", () -> carry(process.getInputStream(), output, false));
        Thread err = daemon("errors", () -> carry(process.getErrorStream(), errors, false));
        daemon("exit", () -> {
            try {
                int status = process.waitFor();
                out.join();
                err.join();
                exit.onExit(status);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /// A closed channel closes the command's input and nothing more: OpenSSH does not kill commands either.
    @Override
    public void destroy(ChannelSession channel) throws IOException {
        input.close();
    }

    private File home() {
        File directory = new File(account.home());
        return directory.isDirectory() ? directory : new File("/");
    }

    private static void forward(Signal signal, Process process) {
        if (signal == Signal.KILL) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
    }

    private static Thread daemon(String name, Runnable work) {
        return Thread.ofPlatform().daemon().name("ssh command " + name).start(work);
    }

    /// Ends quietly when either side is gone; the exit status says how the command fared.
    private static void carry(InputStream from, OutputStream to, boolean closing) {
        byte[] chunk = new byte[CHUNK];
        try (OutputStream closed = closing ? to : OutputStream.nullOutputStream()) {
            for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
                to.write(chunk, 0, n);
                to.flush();
            }
            closed.flush();
        } catch (IOException e) {
            drain(from, closing);
        }
    }

    /// A command whose reader has gone must still be able to end.
    private static void drain(InputStream from, boolean input) {
        if (!input) {
            try {
                from.transferTo(OutputStream.nullOutputStream());
            } catch (IOException ignored) {
                // The process is gone, and with it what was left to read.
            }
        }
    }

    @Override
    public void setInputStream(InputStream in) {
        input = in;
    }

    @Override
    public void setOutputStream(OutputStream out) {
        output = out;
    }

    @Override
    public void setErrorStream(OutputStream err) {
        errors = err;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
        exit = callback;
    }
}
