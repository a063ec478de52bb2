package io.heliosctl.cli;

import io.heliosctl.document.Json;
import io.heliosctl.model.InvalidDocumentException;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.run.SavedPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A plan in a file: JSON of the schema `heliosctl.plan.v1`, for its owner only. A plan that is there already
/// is replaced, as planning again is the ordinary course of things; a file that is anything else never is.
record PlanFile(Path path) {

    private static final long LONGEST = 16L << 20;

    /// Reads a plan.
    ///
    /// @throws InvalidDocumentException `no-such-file`, `unreadable-file` or `not-a-plan`
    SavedPlan read() {
        if (!Files.exists(path)) {
            throw new InvalidDocumentException(Problem.error("no-such-file", "there is no file " + path)
                    .hint("Save a plan: heliosctl switchover --dry-run --out " + path));
        }
        try {
            return document()
                    .map(document -> SavedPlan.of(path.toString(), document))
                    .orElseThrow(() ->
                            new InvalidDocumentException(Problem.error("not-a-plan", path + " is not a saved plan")
                                    .detail("It is no JSON object.")
                                    .hint("Save one: heliosctl switchover --dry-run --out FILE.")));
        } catch (IOException e) {
            throw new InvalidDocumentException(Problem.error("unreadable-file", "cannot read " + path)
                    .detail(e.getClass().getSimpleName() + "."));
        }
    }

    private Optional<Map<String, Object>> document() throws IOException {
        return Files.size(path) > LONGEST
                ? Optional.empty()
                : Json.object(new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
    }

    /// That a plan may be saved there, asked before anything else is done.
    ///
    /// @throws InvalidDocumentException `not-a-plan` if there is a file that is something else
    void requireFree() {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !isPlan()) {
            throw new InvalidDocumentException(Problem.error("not-a-plan", path + " is there and is not a saved plan")
                    .detail("Only a plan is replaced by a plan.")
                    .hint("Choose another name for --out, or remove it."));
        }
    }

    private boolean isPlan() {
        try {
            return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                    && document()
                            .filter(document -> SavedPlan.SCHEMA.equals(document.get("schema")))
                            .isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /// Saves a plan, whole or not at all.
    ///
    /// @throws ProblemException `plan-not-saved` if it cannot be written
    void write(Map<String, Object> plan) {
        requireFree();
        try {
            var folder = path.toAbsolutePath().getParent();
            var temporary = Files.createTempFile(
                    folder,
                    "." + path.getFileName(),
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                fill(temporary, Json.document(plan));
                put(temporary);
            } finally {
                Files.deleteIfExists(temporary);
            }
            try (var directory = FileChannel.open(folder)) {
                directory.force(true);
            }
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.error("plan-not-saved", "could not save the plan as " + path)
                            .detail("%s: %s.".formatted(e.getClass().getSimpleName(), e.getMessage()))
                            .hint("Does its folder exist, and may you write there?"),
                    e);
        }
    }

    private static void fill(Path temporary, String text) throws IOException {
        try (var channel = FileChannel.open(temporary, Set.of(StandardOpenOption.WRITE))) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /// A link is refused where there is a file by now, which a rename would replace; not every file system has
    /// links.
    private void put(Path temporary) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        try {
            Files.createLink(path, temporary);
        } catch (UnsupportedOperationException e) {
            Files.move(temporary, path);
        }
    }
}
