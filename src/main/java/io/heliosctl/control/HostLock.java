package io.heliosctl.control;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.UnknownOutcomeException;
import io.heliosctl.remote.Command;
import io.heliosctl.remote.Ran;
import io.heliosctl.remote.Remote;
import java.time.Duration;
import java.util.Optional;

/// The lock of one cluster on one host.
final class HostLock implements AutoCloseable {

    /// What came of taking it.
    ///
    /// @param epoch the largest number any run left here
    /// @param by the run that left it; empty if none did
    /// @param fresh false if this run held it already
    /// @param broken whether the lock of another run was in the way and is broken
    record Taken(long epoch, String by, boolean fresh, boolean broken) {}

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final String name;
    private final Remote remote;
    private final String key;
    private Optional<LockWatch> watch = Optional.empty();

    /// @param name what the host is called in messages
    /// @param key what the files of this cluster's lock are called
    HostLock(String name, Remote remote, String key) {
        this.name = name;
        this.remote = remote;
        this.key = key;
    }

    String name() {
        return name;
    }

    /// @throws LockedException if another run holds it
    /// @throws ProblemException if the host does not let it be taken
    Taken take(LockHolder mine, Optional<String> breaks) {
        var answer = ask(LockScripts.TAKE, mine.run(), mine.line(), breaks.orElse(""));
        var rest = answer.rest();
        return switch (answer.word()) {
            case "taken" -> taken(rest, true, false);
            case "ours" -> taken(rest, false, false);
            case "broke" -> taken(rest, true, true);
            case "held" -> throw new LockedException(name, LockHolder.parse(rest), rest);
            case "theirs" -> throw new ProblemException(foreign(rest));
            default -> throw unusable(answer);
        };
    }

    /// Writes the run's number, from which on older runs are refused here.
    void mark(String run, long epoch) {
        var answer = ask(LockScripts.MARK, run, Long.toString(epoch));
        if (!answer.word().equals("marked")) {
            throw answer.word().equals("later")
                    ? new ProblemException(Problem.error("stale-epoch", "a later run has begun on " + name)
                            .hint("Run \"heliosctl status\", then start again."))
                    : unusable(answer);
        }
        watch = Optional.of(LockWatch.start(
                remote,
                Command.script(LockScripts.WATCH, key, run, Long.toString(epoch))
                        .timeout(LIMIT)));
    }

    void release(String run, long epoch) {
        ask(LockScripts.RELEASE, run, Long.toString(epoch));
    }

    /// Who holds it now, if somebody is known to; nothing is changed.
    Optional<LockedException> held() {
        try {
            var answer = ask(LockScripts.PEEK);
            return answer.word().equals("held")
                    ? Optional.of(new LockedException(name, LockHolder.parse(answer.rest()), answer.rest()))
                    : Optional.empty();
        } catch (UnknownOutcomeException e) {
            return Optional.empty();
        }
    }

    /// Whether it is still this run's.
    Standing standing(Duration limit) {
        return watch.map(open -> open.ask(limit)).orElse(new Standing.Unknown("the lock was never taken"));
    }

    private record Answer(String word, String rest) {}

    private Answer ask(String script, String... values) {
        var words = new String[values.length + 1];
        words[0] = key;
        System.arraycopy(values, 0, words, 1, values.length);
        return switch (remote.run(Command.script(script, words).timeout(LIMIT))) {
            case Ran.Exited exited -> {
                var line = exited.text().strip();
                var space = line.indexOf(' ');
                yield space < 0
                        ? new Answer(
                                line.isEmpty() ? "nothing" : line,
                                exited.errorText().strip())
                        : new Answer(line.substring(0, space), line.substring(space + 1));
            }
            case Ran.Signalled signalled -> throw unanswered("signal " + signalled.signal());
            case Ran.NoAnswer none -> throw unanswered(none.reason());
        };
    }

    private UnknownOutcomeException unanswered(String reason) {
        return new UnknownOutcomeException(Problem.error("lock-unanswered", name + " did not say who holds its lock")
                .detail(reason + ".")
                .hint("Run \"heliosctl status\"."));
    }

    private ProblemException unusable(Answer answer) {
        return new ProblemException(Problem.error("lock-unusable", "could not lock the cluster on " + name)
                .detail((answer.word() + " " + answer.rest()).strip() + ".")
                .hint("It needs flock(1), and /run/lock or /tmp to be writable by everybody, with the sticky bit."));
    }

    private Problem foreign(String ownerAndFile) {
        var space = ownerAndFile.indexOf(' ');
        var owner = ownerAndFile.substring(0, Math.max(0, space));
        var file = ownerAndFile.substring(space + 1);
        return Problem.error("lock-not-yours", "the lock on %s belongs to user %s there".formatted(name, owner))
                .detail("Only %s or root can remove it.".formatted(owner))
                .hint("As that user on %s: rm %s".formatted(name, file));
    }

    private static Taken taken(String epochAndRun, boolean fresh, boolean broken) {
        var space = epochAndRun.indexOf(' ');
        var number = space < 0 ? epochAndRun : epochAndRun.substring(0, space);
        var run = space < 0 ? "" : epochAndRun.substring(space + 1).strip();
        var epoch = number.matches("[0-9]{1,18}") ? Long.parseLong(number) : 0;
        return new Taken(epoch, epoch == 0 ? "" : run, fresh, broken);
    }

    @Override
    public void close() {
        watch.ifPresent(LockWatch::close);
    }
}
