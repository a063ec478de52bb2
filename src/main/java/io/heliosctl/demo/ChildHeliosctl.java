package io.heliosctl.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/// `heliosctl switchover` in a process of its own, as an operator would type it; it writes to this process's
/// terminal.
///
/// @param mainClass of the command line
public record ChildHeliosctl(String mainClass) implements Demo.Move {

    @Override
    public int switchover(Path inventory) {
        List<String> words = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                mainClass,
                "-i",
                inventory.toString(),
                "switchover",
                "--yes");
        ProcessBuilder builder = new ProcessBuilder(words).inheritIO();
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        // Its journal goes when the demo goes.
        builder.environment()
                .put("XDG_STATE_HOME", inventory.resolveSibling("state").toString());
        try {
            return builder.start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + words.getFirst(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a switchover ran", e);
        }
    }
}
