package io.heliosctl.control;

import io.heliosctl.control.ReturnControl.Limits;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.Timeline;
import io.heliosctl.model.Way;
import io.heliosctl.model.WayBack;
import io.heliosctl.postgres.RewindTrial;
import java.util.Optional;
import java.util.function.Supplier;

/// Chooses the gentlest way back that works: it follows if its WAL is a part of the primary's; else pg_rewind
/// takes back what the primary lacks; else it is cloned.
///
/// @param trial what `pg_rewind --dry-run` says, asked only where that may matter; empty where it cannot be tried
record WaysBack(Stray stray, Supplier<Optional<RewindTrial>> trial) {

    /// The first version whose pg_rewind can leave a standby behind.
    private static final int REWINDS = 13;

    /// Chooses within the limits.
    ///
    /// @throws ProblemException `no-way-back` if no way within them works, `rewind-refused` if something is to be
    /// mended first
    WayBack within(Limits limits) {
        var way = gentlest(limits);
        if (way.way().isHarderThan(limits.hardest())) {
            throw new ProblemException(
                    Problem.error("no-way-back", "%s cannot come back like that".formatted(stray.name()))
                            .detail(sentence(way.reason()))
                            .hint(
                                    way.way() == Way.REWIND
                                            ? "Bring it back by pg_rewind: heliosctl rejoin " + stray.name()
                                            : "Put a new copy in its place: heliosctl clone " + stray.name()));
        }
        return way;
    }

    private WayBack gentlest(Limits limits) {
        if (!stray.hasData()) {
            return clone("there is no data directory");
        }
        if (stray.halfRewound()) {
            return clone("a pg_rewind there has begun and not come to a good end");
        }
        // Its pg_control is still that of the server it was copied from, and tells nothing.
        if (stray.fresh()) {
            return follow("it is a copy that has not been started yet");
        }
        if (limits.gentlest() == Way.CLONE) {
            return clone("asked for");
        }
        var found = byHistory();
        if (found.way() == Way.FOLLOW && limits.gentlest() == Way.REWIND && !found.recoversFirst()) {
            return rewind("asked for");
        }
        return found.way() == Way.REWIND ? rewind(found.reason()) : found;
    }

    private WayBack byHistory() {
        var timeline = timeline();
        var primaries = stray.primary().identity().timeline();
        if (timeline.equals(primaries)) {
            return stray.wasPrimary()
                    ? clone("it has written timeline %s as a primary, as the primary does".formatted(timeline))
                    : follow("it is on the primary's timeline " + timeline);
        }
        if (stray.hasParted()) {
            return unlessUnclean(Way.REWIND, parted(timeline));
        }
        if (stray.wasPrimary() && !stray.isShutDown()) {
            return new WayBack(
                    Way.FOLLOW,
                    true,
                    "it was not shut down, so it is started alone and read-only first, which tells how far its WAL goes");
        }
        if (stray.fork().isPresent()) {
            return follow("its WAL ends at %s, and the primary has all of it up to %s"
                    .formatted(
                            stray.end().map(Object::toString).orElse("?"),
                            stray.fork().get()));
        }
        return stray.forkKnown()
                ? unlessUnclean(Way.REWIND, "the primary never was on its timeline " + timeline)
                : byTrial();
    }

    private WayBack unlessUnclean(Way way, String reason) {
        return new WayBack(way, stray.wasPrimary() && !stray.isShutDown(), reason);
    }

    private String parted(Timeline timeline) {
        return "it has WAL of timeline %s up to %s at least, and the primary left that timeline at %s"
                .formatted(timeline, stray.end().orElseThrow(), stray.fork().orElseThrow());
    }

    /// The primary did not tell where its history has left the node's; pg_rewind finds it out by itself.
    private WayBack byTrial() {
        return switch (trial.get().orElse(null)) {
            case RewindTrial.NotNeeded _ -> follow("pg_rewind says that it need not be rewound");
            case RewindTrial.Works _ -> new WayBack(Way.REWIND, false, "pg_rewind says that its history has parted");
            case RewindTrial.Impossible _, RewindTrial.Refused _ -> throw unknown();
            case null -> throw unknown();
        };
    }

    private ProblemException unknown() {
        return new ProblemException(Problem.error(
                        "history-unknown", "it is not known whether %s can follow".formatted(stray.name()))
                .detail("The primary did not tell where its history has left timeline %s.".formatted(timeline()))
                .hint("On the primary, run sql/grants.sql again: pg_read_file(text) is new in it."));
    }

    private WayBack rewind(String reason) {
        var version = stray.primary().identity().version();
        if (!version.atLeast(REWINDS)) {
            return clone("%s; PostgreSQL %s has no pg_rewind that is good enough".formatted(reason, version.major()));
        }
        if (stray.control()
                .filter(data -> !data.checksums() && !data.walLogHints())
                .isPresent()) {
            return clone(reason + "; pg_rewind needs data checksums or wal_log_hints, and it had neither");
        }
        if (stray.primary().facts().setting("full_page_writes").equals("off")) {
            return clone(reason + "; pg_rewind needs full_page_writes on the primary");
        }
        if (!stray.isShutDown()) {
            return unlessUnclean(Way.REWIND, reason);
        }
        return switch (trial.get().orElse(null)) {
            case RewindTrial.NotNeeded _
            when !stray.hasParted() -> follow("pg_rewind says that it need not be rewound");
            case RewindTrial.NotNeeded _ -> new WayBack(Way.REWIND, false, reason);
            case RewindTrial.Works works ->
                new WayBack(
                        Way.REWIND,
                        false,
                        works.copies() == 0
                                ? reason
                                : "%s; about %d MB are to be copied".formatted(reason, works.copies() >> 20));
            case RewindTrial.Impossible impossible ->
                clone("%s; pg_rewind cannot: %s".formatted(reason, impossible.reason()));
            case RewindTrial.Refused refused -> throw refused(refused.reason());
            case null -> new WayBack(Way.REWIND, false, reason);
        };
    }

    private ProblemException refused(String reason) {
        return new ProblemException(Problem.error("rewind-refused", "pg_rewind cannot be used on " + stray.name())
                .detail(sentence(reason))
                .hint(
                        "Mend that: its grants are in sql/grants.sql, its login is in pg_hba.conf and the password file. Or"
                                + " put a new copy in its place: heliosctl clone " + stray.name()));
    }

    private Timeline timeline() {
        return stray.state() instanceof NodeState.Running running
                ? running.identity().timeline()
                : stray.control().orElseThrow().timeline();
    }

    private static WayBack follow(String reason) {
        return new WayBack(Way.FOLLOW, false, reason);
    }

    private static WayBack clone(String reason) {
        return new WayBack(Way.CLONE, false, reason);
    }

    private static String sentence(String text) {
        return text.isEmpty() ? "" : Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }
}
