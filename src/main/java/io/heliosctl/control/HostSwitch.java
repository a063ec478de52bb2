package io.heliosctl.control;

import io.heliosctl.control.SwitchState.Armed;
import io.heliosctl.control.SwitchState.Fired;
import io.heliosctl.control.SwitchState.Unknown;
import io.heliosctl.control.SwitchState.Waiting;
import io.heliosctl.model.Amounts;
import io.heliosctl.model.Deadline;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.UnknownOutcomeException;
import io.heliosctl.remote.Command;
import io.heliosctl.remote.Permit;
import io.heliosctl.remote.Remote;
import io.heliosctl.remote.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One dead-man's switch on its host, and the line over which it is changed. The watcher itself does not need
/// that line: it is a process of its own and goes on when the connection is gone.
final class HostSwitch implements AutoCloseable {

    /// Making it ready asks the server that it is for; whatever else is one round trip.
    private static final Duration READY = Duration.ofSeconds(20);

    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final Duration LEAST = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final String target;
    private final Remote remote;
    private final Permit permit;
    private final Command control;
    private Optional<Dialogue> line = Optional.empty();
    private volatile Duration budget = Duration.ZERO;
    private volatile boolean armed;

    /// @param target the node or pooler it is for
    /// @param permit what its file is called, and whose it is
    /// @param first the first line of its file
    /// @param deed what it does when it fires
    HostSwitch(String target, Remote remote, Permit permit, String first, Script deed) {
        this.target = target;
        this.remote = remote;
        this.permit = permit;
        var values = new ArrayList<>(List.of(
                permit.lock(),
                permit.file(),
                Long.toString(permit.epoch()),
                first,
                SwitchScripts.watcher(deed.text())));
        values.addAll(deed.words());
        this.control = Command.script(SwitchScripts.CONTROL, values.toArray(String[]::new))
                .timeout(ANSWER);
    }

    /// What must still be so for a command to be made while it is armed.
    Permit permit() {
        return permit;
    }

    String target() {
        return target;
    }

    /// Armed by this process, and not known to be disarmed.
    boolean isArmed() {
        return armed;
    }

    /// Sees to it that a watcher stands by. A switch that an earlier process of the same run has armed is
    /// taken over with its whole budget; one that has fired is waited for, and its trace removed.
    void ready(Duration wholeBudget) {
        budget = wholeBudget;
        var state = ask("ready", READY);
        if (state instanceof Fired) {
            awaitEnd(READY.multipliedBy(3));
            ask("forget", ANSWER);
            state = ask("ready", READY);
        }
        switch (state) {
            case Waiting waiting -> armed = false;
            case Armed there -> {
                armed = true;
                renew();
            }
            case Unknown unknown -> throw unanswered(unknown);
            default -> throw refused("could not make its switch ready", state);
        }
    }

    /// Takes over what an earlier process of the same run has armed, without giving it more time.
    void adopt() {
        if (state() instanceof Armed there) {
            armed = true;
            budget = there.left().compareTo(LEAST) < 0 ? LEAST : there.left();
        }
    }

    /// From here on it fires when the budget has passed.
    void arm(Duration wholeBudget) {
        budget = wholeBudget;
        if (armed) {
            renew();
            return;
        }
        var state = change("arm");
        if (state instanceof SwitchState.None || state instanceof SwitchState.Disarmed) {
            ready(budget);
            state = change("arm");
        }
        // It may have been armed even where no answer came.
        armed = !(state instanceof SwitchState.Failed);
        require(state, "could not arm its switch");
    }

    /// The same, for one that was disarmed.
    void armAgain() {
        arm(budget);
    }

    /// Gives it its whole budget again.
    void renew() {
        require(change("renew"), "its switch is not armed any more");
    }

    /// From here on it only lets clients in, and has its whole budget again.
    SwitchState forward() {
        return change("forward");
    }

    /// The opposite of [#forward], where the promotion was not sent after all.
    SwitchState back() {
        return change("back");
    }

    /// It never fires any more, or it has fired: which of the two, the answer tells.
    SwitchState disarm(Duration limit) {
        var state = ask("disarm", limit);
        armed &= state instanceof Unknown;
        return state;
    }

    SwitchState state() {
        return ask("state", ANSWER);
    }

    /// Waits until a switch that has fired has done what it could.
    SwitchState awaitEnd(Duration limit) {
        var deadline = Deadline.in(limit);
        var state = state();
        while (state instanceof Fired fired && !fired.hasEnded() && !deadline.hasPassed()) {
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return state;
            }
            state = state();
        }
        return state;
    }

    private void require(SwitchState state, String otherwise) {
        switch (state) {
            case Armed there -> {}
            case Fired fired -> throw new ProblemException(firedProblem());
            case Unknown unknown -> throw unanswered(unknown);
            default -> throw refused(otherwise, state);
        }
    }

    Problem firedProblem() {
        return Problem.error("switch-fired", "the dead-man's switch of " + target + " has fired")
                .detail("It had " + Amounts.millis(budget.toMillis())
                        + ", and makes everything there as it was before the run.")
                .hint("See what took so long. The runbook's \"budget\" of that step can be longer.");
    }

    Problem goneProblem() {
        return Problem.error("switch-gone", "the dead-man's switch of " + target + " is gone")
                .detail("Its host was rebooted, or somebody has removed its file.")
                .hint("Run \"heliosctl status\".");
    }

    UnknownOutcomeException unanswered(Unknown unknown) {
        return new UnknownOutcomeException(
                Problem.error("switch-unanswered", "the dead-man's switch of " + target + " did not answer")
                        .detail("%s: %s.".formatted(remote.name(), unknown.reason()))
                        .hint("It fires within %s if it is armed.".formatted(Amounts.millis(budget.toMillis()))));
    }

    private ProblemException refused(String what, SwitchState state) {
        var detail = state instanceof SwitchState.Failed failed ? failed.reason() : "The host says " + state;
        return new ProblemException(Problem.error("switch-refused", target + ": " + what)
                .detail("%s: %s.".formatted(remote.name(), detail)));
    }

    private SwitchState change(String word) {
        return ask(word + " " + Math.max(1, budget.toMillis() / 10), ANSWER);
    }

    private synchronized SwitchState ask(String words, Duration limit) {
        if (line.filter(Dialogue::isOpen).isEmpty()) {
            line.ifPresent(Dialogue::close);
            try {
                line = Optional.of(Dialogue.start(remote, control));
            } catch (ProblemException e) {
                return new Unknown(e.problems().getFirst().message());
            }
        }
        var reply = line.get().ask(words, limit);
        return reply.text().map(SwitchState::parse).orElseGet(() -> new Unknown(reply.silence()));
    }

    @Override
    public void close() {
        line.ifPresent(Dialogue::close);
    }
}
