package io.heliosctl.remote;

import io.heliosctl.model.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// This machine as a host: the same scripts, run by a shell of this machine.
public final class BecomingRemote implements Remote {

    private final List<String> become;
    private final List<Command> commands = new ArrayList<>();

    /// @param become the words that stand before every command, such as a pretended sudo
    public BecomingRemote(List<String> become) {
        this.become = become;
    }

    int roundTrips() {
        return commands.size();
    }

    @Override
    public String name() {
        return "here";
    }

    @Override
    public String user() {
        return System.getProperty("user.name");
    }

    @Override
    public List<String> become(String osUser) {
        return become;
    }

    @Override
    public Ran run(Command command) {
        commands.add(command);
        try {
            List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", command.script(), "sh"));
            words.addAll(command.values());
            Process process = new ProcessBuilder(words).start();
            CompletableFuture<byte[]> output = reading(process.getInputStream());
            CompletableFuture<byte[]> errors = reading(process.getErrorStream());
            try (OutputStream input = process.getOutputStream()) {
                input.write(command.input().toArray());
            }
            int status = process.waitFor();
            return new Ran.Exited(status, Bytes.of(output.join()), Bytes.of(errors.join()), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CompletableFuture<byte[]> reading(InputStream stream) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public Coprocess start(Command command) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket openUnixSocket(String path, Duration timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
