package io.heliosctl.run;

import io.heliosctl.control.LockHolder;
import io.heliosctl.control.LockedException;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/// The lock of one cluster on the operator's machine. The kernel holds it, so it ends with the process that
/// has it.
final class LocalLock implements AutoCloseable {

    /// What the operator's own machine is called in messages.
    static final String HERE = "this machine";

    private final FileChannel channel;

    private LocalLock(FileChannel channel) {
        this.channel = channel;
    }

    /// @throws LockedException if another process has it
    /// @throws ProblemException if the file cannot be written
    static LocalLock take(Path file, LockHolder mine) {
        try {
            var directory = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(file.getParent(), directory);
            var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            return locked(FileChannel.open(file, options, mode), mine);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /// Who has it now, if another process does. Nothing is kept.
    ///
    /// @throws ProblemException if the file cannot be read
    static Optional<LockedException> holder(Path file) {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (tryLock(channel)) {
                return Optional.empty();
            }
            var line = line(channel);
            return Optional.of(new LockedException(HERE, LockHolder.parse(line), line));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static String line(FileChannel channel) throws IOException {
        var content = ByteBuffer.allocate(1024);
        channel.read(content, 0);
        return new String(content.array(), 0, content.position(), StandardCharsets.UTF_8).strip();
    }

    private static ProblemException unwritable(Path file, IOException e) {
        return new ProblemException(
                Problem.error("lock-unwritable", "could not write the lock " + file)
                        .detail(e.getClass().getSimpleName() + ": " + e.getMessage() + "."),
                e);
    }

    private static LocalLock locked(FileChannel channel, LockHolder mine) throws IOException {
        if (!tryLock(channel)) {
            var line = line(channel);
            channel.close();
            throw new LockedException(HERE, LockHolder.parse(line), line);
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((mine.line() + "\n").getBytes(StandardCharsets.UTF_8)), 0);
        channel.force(true);
        return new LocalLock(channel);
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /// The file stays: who removes it could remove one that another process has just locked.
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The kernel lets it go with the process.
            return;
        }
    }
}
