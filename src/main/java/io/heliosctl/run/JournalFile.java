package io.heliosctl.run;

import io.heliosctl.model.Bytes;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The bytes of a journal, cut into lines.
///
/// @param lines every line that was written to its end, without the line feed
/// @param torn what stands behind the last line feed: the beginning of a line whose writing was cut off. It
///     counts as not written: a step is made only after its line is on disk as a whole.
record JournalFile(List<Bytes> lines, Bytes torn) {

    /// A journal has a few dozen lines. What is longer than this is none.
    private static final int LONGEST = 64 << 20;

    JournalFile {
        lines = List.copyOf(lines);
    }

    /// Reads a file; never through a symbolic link, nor from a pipe, which would wait for somebody to write.
    static JournalFile read(Path file) throws IOException {
        if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isRegularFile()) {
            throw new IOException("it is no regular file");
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            if (channel.size() > LONGEST) {
                throw new IOException("it is longer than " + (LONGEST >> 20) + " MiB");
            }
            return of(Channels.newInputStream(channel).readAllBytes());
        }
    }

    static JournalFile of(byte[] content) {
        var lines = new ArrayList<Bytes>();
        int start = 0;
        for (int i = 0; i < content.length; i++) {
            if (content[i] == '\n') {
                lines.add(Bytes.of(Arrays.copyOfRange(content, start, i)));
                start = i + 1;
            }
        }
        return new JournalFile(lines, Bytes.of(Arrays.copyOfRange(content, start, content.length)));
    }

    /// Where the next line belongs.
    long end() {
        return lines.stream().mapToLong(line -> line.size() + 1L).sum();
    }

    List<JournalFlaw> flaws() {
        return JournalChain.verify(lines);
    }
}
