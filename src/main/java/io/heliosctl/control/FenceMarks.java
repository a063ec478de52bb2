package io.heliosctl.control;

import io.heliosctl.model.Attestation;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.NodeName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// What a run has done to a server so that it cannot write. It is noted before it is done, so that another
/// process of the run can take it back: the host alone does not tell who has stopped a server that does not
/// run.
///
/// The names have a space in them, so that no step of a runbook can keep anything by the same one.
public final class FenceMarks {

    private enum Mark {
        STOPPED("stopped"),
        SIGNALLED("signalled"),
        MASKED("masked"),
        CUT("fenced by the site");

        private final String word;

        Mark(String word) {
            this.word = word;
        }
    }

    private final Scene scene;
    private final NodeName node;

    FenceMarks(Scene scene, NodeName node) {
        this.scene = scene;
        this.node = node;
    }

    void stopping() {
        set(Mark.STOPPED, true);
    }

    void signalling() {
        set(Mark.SIGNALLED, true);
    }

    void masking() {
        set(Mark.MASKED, true);
    }

    void cutting() {
        set(Mark.CUT, true);
    }

    /// True if this run has asked the server to stop, when it was running.
    boolean wasStopped() {
        return is(Mark.STOPPED);
    }

    boolean wasSignalled() {
        return is(Mark.SIGNALLED);
    }

    boolean wasMasked() {
        return is(Mark.MASKED);
    }

    boolean wasCut() {
        return is(Mark.CUT);
    }

    /// Everything that this process can take back was taken back.
    void forget() {
        for (var mark : new Mark[] {Mark.STOPPED, Mark.SIGNALLED, Mark.MASKED}) {
            if (is(mark)) {
                set(mark, false);
            }
        }
    }

    /// The word that somebody has given, with its time: of the process that heard it first.
    Attestation attestation() {
        var said = word(node);
        if (scene.value(said).isEmpty()) {
            scene.note(said, words(System.getProperty("user.name", "-"), Instant.now()));
        }
        return new Attestation(node, String.valueOf(scene.value(said).orElseThrow()));
    }

    /// The furthest position of its WAL that anybody is known to have had: also one that cannot be asked any
    /// more.
    Optional<Lsn> furthest() {
        return scene.value(furthestName()).map(String::valueOf).map(Lsn::parse);
    }

    void knowFurthest(Lsn position) {
        if (furthest().filter(known -> !position.isPast(known)).isEmpty()) {
            scene.note(furthestName(), position.toString());
        }
    }

    /// True if it is written down how far anybody is known to have been.
    public static boolean hasFurthest(Scene scene, NodeName node) {
        return new FenceMarks(scene, node).furthest().isPresent();
    }

    private String furthestName() {
        return node + " WAL";
    }

    /// Remembers who gave the word to the process that began the run, should that have died before it used it.
    public static void recall(Scene scene, NodeName node, String user, Instant since) {
        if (scene.value(word(node)).isEmpty()) {
            scene.keep(word(node), words(user, since));
        }
    }

    private static String word(NodeName node) {
        return node + " attested";
    }

    private static String words(String user, Instant time) {
        return "%s at %s".formatted(user, time.truncatedTo(ChronoUnit.SECONDS));
    }

    private void set(Mark mark, boolean value) {
        scene.note(node + " " + mark.word, value);
    }

    private boolean is(Mark mark) {
        return scene.value(node + " " + mark.word).filter(Boolean.TRUE::equals).isPresent();
    }
}
