package io.heliosctl.control;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.remote.LocalRemote;
import io.heliosctl.remote.Permit;
import io.heliosctl.remote.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// A place for switches on a real shell, which leaves nothing behind.
final class SwitchBench implements AutoCloseable {

    /// A deed that writes down that it was done, and in which way.
    private static final String DEED = """
            ready() { [ "$1" != refuse ] || { why='it must not'; return 1; }; }
            fire() { echo "$mode" >>"$1"; note done 'it was done'; }
            """;

    private final String key = "heliosctl-test-" + UUID.randomUUID();
    private final LocalRemote remote = new LocalRemote("here");
    private final List<HostSwitch> open = new ArrayList<>();
    private final Path directory;

    SwitchBench() throws IOException {
        directory = Files.createTempDirectory("switch");
        assertTrue(directory.toFile().setWritable(true, false)
                && directory.toFile().setExecutable(true, false));
    }

    @Override
    public void close() throws IOException {
        open.forEach(HostSwitch::close);
        end(2);
        for (var path : files()) {
            Files.delete(path);
        }
        try (var left = Files.list(directory)) {
            for (var path : left.toList()) {
                Files.delete(path);
            }
        }
        Files.delete(directory);
    }

    HostSwitch ready(String name, Duration budget) {
        var mine = create(name);
        mine.ready(budget);
        return mine;
    }

    HostSwitch create(String name) {
        return create(name, directory.resolve(name).toString());
    }

    /// One that is told where to write down what it does.
    HostSwitch create(String name, String file) {
        var deed = new Script(DEED, List.of(file));
        var mine = new HostSwitch(name, remote, new Permit(key, name + ".run", 1), "run " + name + " me", deed);
        synchronized (open) {
            open.add(mine);
        }
        return mine;
    }

    /// What a switch has done.
    List<String> done(String name) {
        try {
            var file = directory.resolve(name);
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What all of them have on the host.
    List<Path> files() {
        return files("");
    }

    List<Path> files(String name) {
        var found = new ArrayList<Path>();
        for (var place : List.of("/run/lock", "/tmp")) {
            try (var paths =
                    Files.newDirectoryStream(Path.of(place), key + ".switch." + name + (name.isEmpty() ? "*" : ".*"))) {
                paths.forEach(found::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    /// The processes that wait for their time.
    long watchers() {
        return watcherPids().size();
    }

    List<Long> watcherPids() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .filter(words ->
                                words.length > 2 && words[2].equals("heliosctl-switch") && words[3].contains(key))
                        .isPresent())
                .map(ProcessHandle::pid)
                .toList();
    }

    static void await(BooleanSupplier condition) {
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertFalse(System.nanoTime() > end, "waited for too long");
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /// What the names of its files on the host begin with.
    String key() {
        return key;
    }

    LocalRemote remote() {
        return remote;
    }

    /// What a later run leaves on the host when it begins.
    void begin(int number) {
        try {
            Files.writeString(epoch(number), "other\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void end(int number) throws IOException {
        Files.deleteIfExists(epoch(number));
    }

    private Path epoch(int number) {
        return Path.of(Files.isWritable(Path.of("/run/lock")) ? "/run/lock" : "/tmp", key + ".epoch." + number);
    }
}
