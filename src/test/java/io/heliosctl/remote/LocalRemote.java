package io.heliosctl.remote;

import io.heliosctl.model.Bytes;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// This machine in place of a host: commands are processes, Unix sockets are opened directly. Where the tests
/// run as root, commands run as `postgres`, since PostgreSQL refuses root.
///
/// The script is a word of `sh -c` here, not its standard input: nobody else watches the process list of a
/// test.
public final class LocalRemote implements Remote {

    private static final boolean ROOT = System.getProperty("user.name").equals("root");

    private final String name;
    private boolean open = true;

    public LocalRemote(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String user() {
        return ROOT ? "postgres" : System.getProperty("user.name");
    }

    @Override
    public List<String> become(String osUser) {
        if (osUser.equals(user())) {
            return List.of();
        }
        return osUser.equals("root") ? List.of("sudo", "-n", "--") : List.of("sudo", "-n", "-u", osUser, "--");
    }

    /// The words that make a command run as the user of this remote.
    public static List<String> asUser(List<String> words) {
        var all = new ArrayList<String>();
        if (ROOT) {
            all.addAll(List.of("setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups", "--"));
        }
        all.addAll(words);
        return all;
    }

    @Override
    public Ran run(Command command) {
        var process = launch(command);
        var output = collect(process.getInputStream(), command.outputLimit());
        var errors = collect(process.getErrorStream(), command.outputLimit());
        try {
            process.getOutputStream().write(command.input().toArray());
            process.getOutputStream().close();
        } catch (IOException _) {
            // A program that does not read its input ends before all of it was written.
        }
        try {
            if (!process.waitFor(command.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
                process.destroyForcibly();
                return new Ran.NoAnswer("no answer within " + command.timeout());
            }
            return new Ran.Exited(process.exitValue(), output.join(), errors.join(), false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            return new Ran.NoAnswer("interrupted");
        }
    }

    @Override
    public Coprocess start(Command command) {
        return new LocalCoprocess(launch(command), command.input());
    }

    @Override
    public Socket openUnixSocket(String path, Duration timeout) throws IOException {
        return new LocalSocket(Path.of(path));
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }

    private Process launch(Command command) {
        if (!open) {
            throw new ProblemException(Problem.error("connection-lost", "the connection to " + name + " is closed"));
        }
        var words = new ArrayList<>(List.of("/bin/sh", "-c", command.script(), "sh"));
        words.addAll(command.values());
        try {
            return new ProcessBuilder(asUser(words))
                    .directory(Path.of("/").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CompletableFuture<Bytes> collect(InputStream stream, int limit) {
        var future = new CompletableFuture<Bytes>();
        Thread.ofVirtual().start(() -> {
            var kept = new ByteArrayOutputStream();
            var buffer = new byte[8192];
            try (stream) {
                for (var n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                    kept.write(buffer, 0, Math.min(n, limit - kept.size()));
                }
            } catch (IOException _) {
                // What came until then is the output.
            }
            future.complete(Bytes.of(kept.toByteArray()));
        });
        return future;
    }
}
