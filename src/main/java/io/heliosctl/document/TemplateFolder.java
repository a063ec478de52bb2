package io.heliosctl.document;

import io.heliosctl.model.InvalidDocumentException;
import io.heliosctl.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds templates by name: in the operator's folders first, then among the built-in ones.
public final class TemplateFolder {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

    private final List<Path> folders;

    private TemplateFolder(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /// Looks in `--templates DIR` where given, in `templates/` beside the inventory, then in the built-in
    /// templates.
    public static TemplateFolder of(Optional<Path> templates, Path inventory) {
        List<Path> folders = new ArrayList<>();
        templates.ifPresent(folders::add);
        folders.add(inventory.toAbsolutePath().resolveSibling("templates"));
        return new TemplateFolder(folders);
    }

    /// Only the built-in templates.
    public static TemplateFolder builtIn() {
        return new TemplateFolder(List.of());
    }

    /// The template of that name, such as `pgbouncer.ini.j2`.
    ///
    /// @throws InvalidDocumentException if there is none; it lists where it was looked for
    public Found find(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidDocumentException(Problem.error("template-name", "not a template name: \"" + name + "\"")
                    .hint("Give the name of a file in the templates folder, without a path."));
        }
        for (Path folder : folders) {
            Path file = folder.resolve(name);
            if (Files.exists(file)) {
                return new Found(new TemplateSource(file.toString(), text(file), 1), file.toString());
            }
        }
        return builtIn(name).orElseThrow(() -> missing(name));
    }

    private static Optional<Found> builtIn(String name) {
        try (InputStream stream = TemplateFolder.class.getResourceAsStream("/templates/" + name)) {
            return Optional.ofNullable(stream == null ? null : stream.readAllBytes())
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .map(text -> new Found(new TemplateSource(name, text, 1), "built-in"));
        } catch (IOException e) {
            throw new IllegalStateException("the built-in template " + name + " cannot be read", e);
        }
    }

    private static String text(Path file) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidDocumentException(Problem.error("template-encoding", "template is not UTF-8: " + file)
                    .hint("Save it as UTF-8, such as by: iconv -t UTF-8 " + file));
        } catch (IOException e) {
            throw new InvalidDocumentException(Problem.error("template-unreadable", "template cannot be read: " + file)
                    .detail(e.toString()));
        }
    }

    private InvalidDocumentException missing(String name) {
        List<String> places =
                new ArrayList<>(folders.stream().map(Path::toString).toList());
        places.add("the built-in templates");
        return new InvalidDocumentException(Problem.error("template-missing", "no template named \"" + name + "\"")
                .detail("Looked in " + String.join(", ", places) + ".")
                .hint("The built-in ones are pgbouncer.ini.j2 and recovery.conf.j2."));
    }

    /// A template and where it was found.
    ///
    /// @param where a path, or `built-in`
    public record Found(TemplateSource source, String where) {}
}
