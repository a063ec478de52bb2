package io.heliosctl.runbook;

import io.heliosctl.document.Spelling;
import io.heliosctl.model.InvalidDocumentException;
import io.heliosctl.model.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Finds runbooks: a path as it is, else `NAME.yaml` in `runbooks/` beside the inventory, else a built-in
/// one.
///
/// @param folders where the site keeps its own, first match wins
public record Runbooks(List<Path> folders) {

    /// The runbooks that come with heliosctl.
    public static final List<String> BUILT_IN =
            List.of("clone", "failover", "fence", "rejoin", "restart", "rolling-restart", "route", "switchover");

    public Runbooks {
        folders = List.copyOf(folders);
    }

    /// True if that is the path of a file, not a name to be looked up.
    public static boolean isPath(String nameOrPath) {
        return nameOrPath.contains("/") || nameOrPath.endsWith(".yaml");
    }

    /// Finds and reads a runbook.
    ///
    /// @throws InvalidDocumentException if there is none of that name, or it is wrong
    public Runbook find(String nameOrPath) {
        if (isPath(nameOrPath)) {
            return read(Path.of(nameOrPath));
        }
        for (var folder : folders) {
            var file = folder.resolve(nameOrPath + ".yaml");
            if (Files.isRegularFile(file)) {
                return read(file);
            }
        }
        if (BUILT_IN.contains(nameOrPath)) {
            return RunbookReader.read("runbooks/" + nameOrPath + ".yaml", "built in", builtIn(nameOrPath));
        }
        throw new InvalidDocumentException(
                Problem.error("no-such-runbook", "there is no runbook \"" + nameOrPath + "\"")
                        .detail("Known: " + String.join(", ", names()) + ".")
                        .hint(Spelling.question(nameOrPath, names())));
    }

    /// The names of all runbooks that can be found without a path, sorted.
    public List<String> names() {
        var names = new TreeSet<>(BUILT_IN);
        for (var folder : folders) {
            names.addAll(inFolder(folder));
        }
        return List.copyOf(names);
    }

    private static List<String> inFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        var names = new ArrayList<String>();
        try (var files = Files.newDirectoryStream(folder, "*.yaml")) {
            for (var file : files) {
                names.add(file.getFileName().toString().replaceFirst("\\.yaml$", ""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    private static Runbook read(Path file) {
        try {
            return RunbookReader.read(file.toString(), file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new InvalidDocumentException(Problem.error("unreadable-runbook", "could not read " + file)
                    .detail(e.getClass().getSimpleName() + ": " + e.getMessage() + ".")
                    .hint("Runbooks without a path are listed by \"heliosctl runbook list\"."));
        }
    }

    private static String builtIn(String name) {
        try (var stream = Runbooks.class.getResourceAsStream("/runbooks/" + name + ".yaml")) {
            if (stream == null) {
                throw new IllegalStateException("the built-in runbook " + name + " is not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
