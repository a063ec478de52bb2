package io.heliosctl.document;

import io.heliosctl.model.Place;
import io.heliosctl.model.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Reads YAML without its surprises: one document, UTF-8, no tags, no anchors, no duplicate keys, every scalar
/// as it was written. What is wrong goes to `Problems` with its place; nothing is thrown.
public final class YamlReader {

    private static final int LIMIT = 1 << 20;

    private YamlReader() {}

    /// Reads a file.
    ///
    /// @return what it says, possibly with unread parts; empty if nothing can be said about it
    public static Optional<Yaml> read(Path file, Problems problems) {
        try {
            if (Files.size(file) > LIMIT) {
                problems.add(tooLong(file.toString()));
                return Optional.empty();
            }
            return read(file.toString(), Files.readAllBytes(file), problems);
        } catch (NoSuchFileException e) {
            problems.add(Problem.error("no-such-file", "there is no file " + file));
        } catch (IOException e) {
            problems.add(Problem.error("unreadable-file", "cannot read " + file)
                    .detail(e.getClass().getSimpleName() + ": " + e.getMessage() + "."));
        }
        return Optional.empty();
    }

    /// Reads bytes, which must be UTF-8.
    ///
    /// @param file what the text is called in messages
    public static Optional<Yaml> read(String file, byte[] bytes, Problems problems) {
        if (bytes.length > LIMIT) {
            problems.add(tooLong(file));
            return Optional.empty();
        }
        var input = ByteBuffer.wrap(bytes);
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(input).toString();
            return readText(file, text, problems);
        } catch (CharacterCodingException e) {
            var good = new String(bytes, 0, input.position(), StandardCharsets.UTF_8);
            int line = (int) good.chars().filter(letter -> letter == '\n').count();
            int column = good.length() - good.lastIndexOf('\n');
            var start = good.substring(good.lastIndexOf('\n') + 1);
            problems.add(Problem.error("not-utf-8", "this is not UTF-8")
                    .hint("Save the file as UTF-8 without a byte order mark.")
                    .at(new Place(file, line + 1, column, start)));
            return Optional.empty();
        }
    }

    /// Reads text.
    public static Optional<Yaml> readText(String file, String text, Problems problems) {
        var body = text;
        if (text.startsWith("\uFEFF")) {
            body = text.substring(1);
            problems.add(Problem.error("byte-order-mark", "the file begins with a byte order mark")
                    .hint("Save the file as UTF-8 without a byte order mark.")
                    .at(new YamlSource(file, body).at(0, 0)));
        }
        var source = new YamlSource(file, body);
        var characters = new Problems();
        source.checkCharacters(characters);
        if (characters.hasErrors()) {
            characters.inOrder().forEach(problems::add);
            return Optional.empty();
        }
        return new YamlTree(source, problems).read();
    }

    private static Problem tooLong(String file) {
        return Problem.error("file-too-long", file + " is longer than 1 MiB")
                .hint("Nothing that heliosctl reads is that long; is it the right file?");
    }
}
