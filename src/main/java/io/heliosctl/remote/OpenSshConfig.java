package io.heliosctl.remote;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// An OpenSSH client configuration (ssh_config(5)): lines, each with the `Host` patterns that it stands
/// under.
///
/// @param lines in the order of the file, what is included in place of its `Include`
record OpenSshConfig(List<Line> lines) {

    static final OpenSshConfig NONE = new OpenSshConfig(List.of());

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final Pattern SEPARATOR = Pattern.compile("\\s*=\\s*|\\s+");
    private static final int DEEPEST = 16;

    /// One setting.
    ///
    /// @param conditions each a list of `Host` patterns; all must match
    /// @param keyword in lower case
    record Line(List<List<String>> conditions, String keyword, List<String> words) {

        boolean appliesTo(String host) {
            return conditions.stream().allMatch(patterns -> WordPattern.matches(patterns, host));
        }
    }

    /// Reads the file; one that does not exist says nothing.
    ///
    /// @throws io.heliosctl.model.ProblemException if it cannot be read or others may write it
    static OpenSshConfig read(Path file, Surroundings here) {
        List<Line> lines = new ArrayList<>();
        read(file, here, List.of(), 0, lines);
        return new OpenSshConfig(List.copyOf(lines));
    }

    OpenSshHost host(String name) {
        return new OpenSshHost(
                name, lines.stream().filter(line -> line.appliesTo(name)).toList());
    }

    private static void read(Path file, Surroundings here, List<List<String>> outer, int depth, List<Line> lines) {
        if (!Files.exists(file) || depth > DEEPEST) {
            return;
        }
        List<List<String>> conditions = outer;
        for (String text :
                LocalFile.readTrusted(file, "the SSH configuration").lines().toList()) {
            String trimmed = text.strip();
            if (trimmed.isEmpty() || trimmed.startsWith("#")) {
                continue;
            }
            String[] parts = SEPARATOR.split(trimmed, 2);
            String keyword = parts[0].toLowerCase(Locale.ROOT);
            List<String> words = words(parts.length > 1 ? parts[1] : "");
            switch (keyword) {
                case "host" ->
                    conditions = Stream.concat(outer.stream(), Stream.of(words)).toList();
                case "match" -> {
                    conditions = outer;
                    lines.add(new Line(conditions, keyword, words));
                }
                case "include" -> {
                    for (Path included : included(words, here)) {
                        read(included, here, conditions, depth + 1, lines);
                    }
                }
                default -> lines.add(new Line(conditions, keyword, words));
            }
        }
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            String word = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            if (matcher.group(1) == null && word.startsWith("#")) {
                break;
            }
            words.add(word);
        }
        return List.copyOf(words);
    }

    private static List<Path> included(List<String> words, Surroundings here) {
        List<Path> files = new ArrayList<>();
        for (String word : words) {
            Path pattern = here.home().resolve(".ssh").resolve(here.path(word));
            Path directory = pattern.getParent();
            if (Files.isDirectory(directory)) {
                try (DirectoryStream<Path> found = Files.newDirectoryStream(
                        directory, pattern.getFileName().toString())) {
                    StreamSupport.stream(found.spliterator(), false).sorted().forEach(files::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return files;
    }
}
