package io.heliosctl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The house has floors: a package imports only lower ones, and each library is known to one package.
class FloorsTest {

    private static final Path SOURCES = Path.of("src/main/java/io/heliosctl");
    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?([\\w.]+);", Pattern.MULTILINE);

    private static final Map<String, Integer> FLOORS = Map.ofEntries(
            Map.entry("cli", 10),
            Map.entry("demo", 9),
            Map.entry("view", 8),
            Map.entry("health", 7),
            Map.entry("run", 6),
            Map.entry("runbook", 5),
            Map.entry("step", 4),
            Map.entry("control", 3),
            Map.entry("postgres", 2),
            Map.entry("pgbouncer", 2),
            Map.entry("inventory", 2),
            Map.entry("remote", 1),
            Map.entry("document", 1),
            Map.entry("model", 0));

    private static final Map<String, Set<String>> ONLY_HERE = Map.ofEntries(
            Map.entry("picocli.", Set.of("cli")),
            Map.entry("org.jline.", Set.of("view")),
            Map.entry("com.fasterxml.jackson.", Set.of("document")),
            Map.entry("com.hubspot.", Set.of("document")),
            Map.entry("org.yaml.", Set.of("document")),
            Map.entry("org.apache.sshd.", Set.of("remote")),
            Map.entry("net.i2p.", Set.of("remote")),
            Map.entry("org.postgresql.", Set.of("postgres", "demo")),
            Map.entry("java.sql.", Set.of("postgres", "demo")));

    @Test
    void packagesImportOnlyLowerFloors() {
        var wrong = new ArrayList<String>();
        forEachImport((file, name, imported) -> {
            if (!imported.startsWith("io.heliosctl.")) {
                return;
            }
            var other = imported.replaceFirst("^io.heliosctl.(\\w+).*", "$1");
            if (!other.equals(name) && FLOORS.get(other) >= FLOORS.get(name)) {
                wrong.add(file + " imports " + other);
            }
        });
        assertEquals(List.of(), wrong);
    }

    @Test
    void librariesAreKnownToOnePackage() {
        var wrong = new ArrayList<String>();
        forEachImport((file, name, imported) -> ONLY_HERE.forEach((library, packages) -> {
            if (imported.startsWith(library) && !packages.contains(name)) {
                wrong.add(file + " imports " + imported);
            }
        }));
        assertEquals(List.of(), wrong);
    }

    @Test
    void theModelKnowsOnlyJava() {
        var wrong = new ArrayList<String>();
        forEachImport((file, name, imported) -> {
            if (name.equals("model") && !imported.startsWith("java.") && !imported.startsWith("io.heliosctl.model.")) {
                wrong.add(file + " imports " + imported);
            }
        });
        assertEquals(List.of(), wrong);
    }

    @Test
    void roomsAreSmall() throws IOException {
        var lines = new ArrayList<Long>();
        var large = new ArrayList<String>();
        for (var file : sources()) {
            try (var content = Files.lines(file)) {
                var count = content.count();
                lines.add(count);
                if (count > 400) {
                    large.add(file + " has " + count + " lines");
                }
            }
        }
        lines.sort(null);
        assertEquals(List.of(), large);
        assertEquals(true, lines.get(lines.size() / 2) < 100, "the median file is 100 lines or longer");
    }

    private interface ImportCheck {
        void accept(Path file, String packageName, String imported);
    }

    private static void forEachImport(ImportCheck check) {
        try {
            for (var file : sources()) {
                var name = SOURCES.relativize(file).getName(0).toString();
                var matcher = IMPORT.matcher(Files.readString(file));
                while (matcher.find()) {
                    check.accept(SOURCES.relativize(file), name, matcher.group(1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
