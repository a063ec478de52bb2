package io.heliosctl.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/// Where runs are kept: `$XDG_STATE_HOME/heliosctl/runs`, for their owner only.
public record RunDirectory(Path path) {

    /// As the XDG base directory specification has it: `$XDG_STATE_HOME`, else `~/.local/state`.
    public static RunDirectory standard(Map<String, String> environment, Path home) {
        var state = environment.getOrDefault("XDG_STATE_HOME", "");
        var base = state.startsWith("/") ? Path.of(state) : home.resolve(".local/state");
        return new RunDirectory(base.resolve("heliosctl").resolve("runs"));
    }

    /// That of this process.
    public static RunDirectory ofProcess() {
        return standard(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    public Path of(RunId id) {
        return path.resolve(id.value());
    }

    /// The file that tells everything about a run.
    public Path journal(RunId id) {
        return of(id).resolve("journal.jsonl");
    }

    /// Whether runs can be kept here: what is there must be this user's alone. What is missing is made by the
    /// first run.
    ///
    /// @throws io.heliosctl.model.ProblemException `state-unsafe` if it is not
    public void check() {
        try {
            for (var each : List.of(path.getParent(), path)) {
                if (Files.exists(each, LinkOption.NOFOLLOW_LINKS)) {
                    OwnFiles.requireDirectory(each);
                }
            }
        } catch (IOException e) {
            throw FileJournal.unwritable(path, e);
        }
    }

    void create(RunId id) throws IOException {
        check();
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(path, owner);
        // Of one name there is one run.
        Files.createDirectory(of(id), owner);
        check();
    }

    /// The same for what is there of a run.
    void check(RunId id) {
        check();
        try {
            if (Files.exists(journal(id), LinkOption.NOFOLLOW_LINKS)) {
                OwnFiles.requireDirectory(of(id));
                OwnFiles.requireFile(journal(id));
            }
        } catch (IOException e) {
            throw FileJournal.unwritable(path, e);
        }
    }
}
