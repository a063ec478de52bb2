package io.heliosctl.postgres;

import io.heliosctl.model.Node;
import io.heliosctl.remote.Privilege;
import io.heliosctl.remote.RemoteFiles;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// What is done around pg_rewind on a server that does not run. pg_rewind itself may take longer than a
/// connection lives, so whoever uses this runs [#commands].
///
/// From then to [#end] a marker lies beside the data directory: what pg_rewind leaves when it is cut off looks
/// like a server and is none.
public final class Rewind {

    private static final Duration TRIAL = Duration.ofMinutes(10);
    private static final Duration FILES = Duration.ofMinutes(2);

    private final Node node;
    private final Host host;
    private final RemoteFiles files;
    private final Programs programs;
    private final ReturnPrograms returning;

    Rewind(Node node, Host host, RemoteFiles files, Programs programs) {
        this.node = node;
        this.host = host;
        this.files = files;
        this.programs = programs;
        this.returning = new ReturnPrograms(node);
    }

    /// Tries it without changing anything.
    public RewindTrial attempt(Node upstream) {
        var tried = host.look(returning.tryRewind(upstream), TRIAL);
        return RewindTrial.parse(tried.status(), tried.errorText() + tried.text());
    }

    /// True if an earlier one has begun and not come to a good end.
    public boolean isBegun() {
        return files.exists(returning.marker(), owner());
    }

    /// Keeps the server's own files, and sees to it that nobody starts it.
    public void prepare() {
        host.change(returning.keep(), FILES);
        programs.mask().ifPresent(mask -> host.change(mask, FILES));
    }

    /// The commands that do it: first the marker, so that it is there whenever pg_rewind was.
    public List<Privilege> commands(Node upstream) {
        return Stream.concat(
                        RemoteFiles.marking(returning.marker(), owner()).stream(),
                        Stream.of(returning.rewind(upstream)))
                .toList();
    }

    /// The word by which its process is told from all others.
    public String word() {
        return returning.targetWord();
    }

    /// True if its output tells that it has begun to change files.
    public static boolean hasChanged(String output) {
        return output.contains(RewindTrial.BEGINS) || output.contains(" kB (");
    }

    /// Puts the server's own files back into what pg_rewind has made.
    public void putBack() {
        host.change(returning.putBack(node.postgres().dataDir()), FILES);
        host.change(returning.sync(node.postgres().dataDir()), FILES);
    }

    /// It has come to a good end, or has changed nothing.
    public void end() {
        files.remove(returning.marker(), owner());
        files.remove(returning.archive(), owner());
    }

    /// What is told to the host, without the looks.
    public List<Privilege> shown(Node upstream) {
        return Stream.of(
                        Stream.of(returning.keep()),
                        programs.mask().stream(),
                        commands(upstream).stream(),
                        Stream.of(returning.putBack(node.postgres().dataDir())))
                .flatMap(each -> each)
                .toList();
    }

    private String owner() {
        return node.postgres().osUser();
    }

    /// Every command that sudo must allow for it.
    static List<Privilege> privileges(Node node, List<Node> others) {
        var owner = node.postgres().osUser();
        var returning = new ReturnPrograms(node);
        return Stream.of(
                        returning.all(others),
                        RemoteFiles.toRead(returning.marker(), owner),
                        RemoteFiles.toMark(returning.marker(), owner),
                        RemoteFiles.toRemove(returning.archive(), owner))
                .flatMap(List::stream)
                .distinct()
                .toList();
    }
}
