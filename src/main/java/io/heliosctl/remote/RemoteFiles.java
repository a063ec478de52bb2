package io.heliosctl.remote;

import io.heliosctl.model.Bytes;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.UnknownOutcomeException;
import io.heliosctl.remote.Ran.Exited;
import io.heliosctl.remote.Ran.NoAnswer;
import io.heliosctl.remote.Ran.Signalled;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The files of one host, by absolute path. Each operation is one round trip. `as` is the OS user that it runs
/// as; sudo is asked for exact argument vectors only, which the `to…` methods list.
///
/// Every method throws [ProblemException] when the host refuses, and [UnknownOutcomeException] when a change
/// was sent and not answered, or made and not proved.
public final class RemoteFiles {

    private final Remote remote;

    public RemoteFiles(Remote remote) {
        this.remote = remote;
    }

    /// The file's content; empty only if it is proved that there is no such file.
    public Optional<Bytes> read(String path, String as) {
        RemotePath file = new RemotePath(path);
        Exited read = ask("read " + path, command(FileScripts.READ, as, path, file.directory()));
        if (read.status() == FileScripts.ABSENT) {
            return Optional.empty();
        }
        require("read " + path, read);
        if (read.cut()) {
            throw failure("read " + path, "It has more than " + read.output().size() + " bytes.");
        }
        return Optional.of(read.output());
    }

    /// False only if it is proved that there is no such file or directory.
    public boolean exists(String path, String as) {
        RemotePath file = new RemotePath(path);
        Exited looked = ask("look for " + path, command(FileScripts.EXISTS, as, path, file.directory()));
        if (looked.status() == FileScripts.ABSENT) {
            return false;
        }
        require("look for " + path, looked);
        return true;
    }

    /// Writes the content beside the file, as `.NAME.heliosctl`, synced to disk, its bytes proved by SHA-256,
    /// with the file's owner, group and mode; a new file gets mode 0600. A symbolic link is followed to the
    /// file it names.
    public Staged stage(String path, Bytes content, String as) {
        RemotePath file = new RemotePath(path);
        String what = "write " + file.temporary();
        Exited staged = change(
                what, command(FileScripts.STAGE, as, path, content.sha256()).input(content));
        RemotePath target = new RemotePath(staged.text().strip());
        return new Staged(path, target.path(), target.temporary(), as, content.sha256());
    }

    /// Puts the content in its place by one rename, syncs the directory and reads the file back: its SHA-256 is
    /// what was staged.
    public void commit(Staged staged) {
        RemotePath target = new RemotePath(staged.target());
        change(
                "replace " + staged.path(),
                command(
                        FileScripts.COMMIT,
                        staged.as(),
                        staged.target(),
                        target.directory(),
                        staged.temporary(),
                        staged.sha256()));
    }

    /// Takes the staged content away again; nothing to do if it is gone.
    public void discard(Staged staged) {
        remove(staged.temporary(), staged.as());
    }

    /// Writes the content beside the file, proves it as [#stage] does, and takes it away again, all in one
    /// round trip and under a name of its own, `.NAME.heliosctl-trial`: a run that is at work there is not
    /// disturbed.
    public void tryOut(String path, Bytes content, String as) {
        String trial = new RemotePath(path).trial();
        change(
                "write " + trial,
                command(FileScripts.TRY_OUT, as, path, trial, content.sha256()).input(content));
    }

    /// Stages and commits.
    public void write(String path, Bytes content, String as) {
        commit(stage(path, content, as));
    }

    /// Sees to it that the file exists, on disk; a new one is empty and has mode 0600.
    public void mark(String path, String as) {
        change("create " + path, command(FileScripts.MARK, as, path, new RemotePath(path).directory()));
    }

    /// Sees to it that there is no such file.
    public void remove(String path, String as) {
        change("remove " + path, command(FileScripts.REMOVE, as, path, new RemotePath(path).directory()));
    }

    /// Copies one file with its mode and times, and as root its owner; an existing file is replaced by one
    /// rename.
    public void copy(String from, String to, String as) {
        RemotePath source = new RemotePath(from);
        RemotePath target = new RemotePath(to);
        change(
                "copy " + from + " to " + to,
                command(FileScripts.COPY, as, source.path(), to, target.directory(), target.temporary()));
    }

    /// Renames a file or directory; never onto something that exists.
    public void rename(String from, String to, String as) {
        RemotePath source = new RemotePath(from);
        RemotePath target = new RemotePath(to);
        change(
                "rename " + from + " to " + to,
                command(FileScripts.RENAME, as, from, to, source.directory(), target.directory()));
    }

    /// Whether that is a directory in which the login user may create files.
    public boolean writable(String directory) {
        return ask("look at " + directory, Command.script(FileScripts.WRITABLE, new RemotePath(directory).path()))
                .ok();
    }

    /// What sudo must allow for [#read] and [#exists].
    public static List<Privilege> toRead(String path, String as) {
        RemotePath file = new RemotePath(path);
        return List.of(
                allow(as, "/usr/bin/cat", path),
                allow(as, "/usr/bin/test", "-e", path),
                allow(as, "/usr/bin/test", "!", "-e", path),
                allow(as, "/usr/bin/test", "-x", file.directory()));
    }

    /// What sudo must allow for [#write]; a symbolic link also needs the same of the file that it names.
    public static List<Privilege> toReplace(String path, String as) {
        String temporary = new RemotePath(path).temporary();
        return joined(Stream.of(
                List.of(
                        allow(as, "/usr/bin/test", "!", "-L", path),
                        allow(as, "/usr/bin/readlink", "-f", path),
                        allow(as, "/usr/bin/sha256sum", temporary),
                        allow(as, "/usr/bin/test", "-e", path),
                        allow(as, "/usr/bin/test", "!", "-e", path),
                        allow(as, "/usr/bin/sha256sum", path),
                        allow(as, "/usr/bin/rm", "-f", temporary),
                        allow(as, "/usr/bin/test", "!", "-e", temporary)),
                staging(path, temporary, as),
                committing(path, as)));
    }

    /// What of that changes something, where the file is there: first beside the file, then in its place.
    public static List<Privilege> replacing(String path, String as) {
        return joined(Stream.of(staging(path, as), committing(path, as)));
    }

    /// The commands of [#stage] that change something.
    public static List<Privilege> staging(String path, String as) {
        return staging(path, new RemotePath(path).temporary(), as);
    }

    private static List<Privilege> staging(String path, String temporary, String as) {
        return List.of(
                allow(as, "/usr/bin/install", "-T", "-m", "0600", "/dev/null", temporary),
                allow(as, "/usr/bin/tee", temporary),
                allow(as, "/usr/bin/chown", "--reference=" + path, temporary),
                allow(as, "/usr/bin/chmod", "--reference=" + path, temporary),
                allow(as, "/usr/bin/sync", temporary));
    }

    /// The commands of [#commit] that change something.
    public static List<Privilege> committing(String path, String as) {
        RemotePath file = new RemotePath(path);
        return List.of(
                allow(as, "/usr/bin/mv", "-fT", file.temporary(), path), allow(as, "/usr/bin/sync", file.directory()));
    }

    /// What sudo must allow for [#tryOut].
    public static List<Privilege> toTryOut(String path, String as) {
        String trial = new RemotePath(path).trial();
        return joined(Stream.of(
                List.of(
                        allow(as, "/usr/bin/test", "-e", path),
                        allow(as, "/usr/bin/test", "!", "-e", path),
                        allow(as, "/usr/bin/sha256sum", trial),
                        allow(as, "/usr/bin/rm", "-f", trial)),
                staging(path, trial, as)));
    }

    /// What sudo must allow for [#mark] and for taking the mark away again.
    public static List<Privilege> toMark(String path, String as) {
        return joined(
                Stream.of(List.of(allow(as, "/usr/bin/test", "-e", path)), marking(path, as), toRemove(path, as)));
    }

    /// The commands of [#mark] that change something.
    public static List<Privilege> marking(String path, String as) {
        return List.of(
                allow(as, "/usr/bin/install", "-T", "-m", "0600", "/dev/null", path),
                allow(as, "/usr/bin/sync", path),
                allow(as, "/usr/bin/sync", new RemotePath(path).directory()));
    }

    /// What sudo must allow for [#remove].
    public static List<Privilege> toRemove(String path, String as) {
        return joined(Stream.of(removing(path, as), List.of(allow(as, "/usr/bin/test", "!", "-e", path))));
    }

    /// The commands of [#remove] that change something.
    public static List<Privilege> removing(String path, String as) {
        return List.of(
                allow(as, "/usr/bin/rm", "-f", path), allow(as, "/usr/bin/sync", new RemotePath(path).directory()));
    }

    /// What sudo must allow for [#copy].
    public static List<Privilege> toCopy(String from, String to, String as) {
        return joined(Stream.of(
                copying(from, to, as), List.of(allow(as, "/usr/bin/rm", "-f", new RemotePath(to).temporary()))));
    }

    /// The commands of [#copy] that change something.
    public static List<Privilege> copying(String from, String to, String as) {
        RemotePath target = new RemotePath(to);
        return List.of(
                allow(as, "/usr/bin/cp", "-pT", from, target.temporary()),
                allow(as, "/usr/bin/sync", target.temporary()),
                allow(as, "/usr/bin/mv", "-fT", target.temporary(), to),
                allow(as, "/usr/bin/sync", target.directory()));
    }

    /// What sudo must allow for [#rename].
    public static List<Privilege> toRename(String from, String to, String as) {
        return List.of(
                allow(as, "/usr/bin/test", "!", "-e", to),
                allow(as, "/usr/bin/mv", "-T", from, to),
                allow(as, "/usr/bin/sync", new RemotePath(to).directory()),
                allow(as, "/usr/bin/sync", new RemotePath(from).directory()));
    }

    private static List<Privilege> joined(Stream<List<Privilege>> lists) {
        return lists.flatMap(List::stream).distinct().toList();
    }

    private static Privilege allow(String as, String... words) {
        return new Privilege(as, List.of(words));
    }

    private Command command(String script, String as, String... paths) {
        return Command.script(
                script,
                Stream.concat(Stream.of(paths), remote.become(as).stream()).toArray(String[]::new));
    }

    private Exited ask(String what, Command command) {
        return switch (remote.run(command)) {
            case Exited exited -> exited;
            case Signalled signalled -> throw failure(what, "SIG" + signalled.signal() + " ended the command.");
            case NoAnswer none -> throw failure(what, none.reason());
        };
    }

    private Exited change(String what, Command command) {
        Exited exited = switch (remote.run(command)) {
            case Exited ended -> ended;
            case Signalled signalled -> throw unknown(what, "SIG" + signalled.signal() + " ended the command.");
            case NoAnswer none -> throw unknown(what, none.reason());
        };
        require(what, exited);
        return exited;
    }

    private void require(String what, Exited exited) {
        switch (exited.status()) {
            case 0 -> {}
            case FileScripts.DIFFERS -> throw failure(what, "What is on disk there differs from what was sent.");
            case FileScripts.UNPROVED ->
                throw unknown(
                        what,
                        "It was done, but could not be proved. "
                                + exited.errorText().strip());
            case FileScripts.PRESENT -> throw failure(what, "There is already something of that name.");
            default -> throw failure(what, exited.errorText().strip());
        }
    }

    private ProblemException failure(String what, String detail) {
        return new ProblemException(Problem.error("file-refused", remote.name() + ": cannot " + what)
                .detail(detail));
    }

    private UnknownOutcomeException unknown(String what, String detail) {
        return new UnknownOutcomeException(
                Problem.error("file-unknown", remote.name() + ": the outcome is not known: " + what)
                        .detail(detail));
    }
}
