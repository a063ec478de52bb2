package io.heliosctl.control;

import io.heliosctl.model.SwitchTrace;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// What the host says of one dead-man's switch.
sealed interface SwitchState {

    /// Its watcher stands by.
    record Waiting() implements SwitchState {}

    /// It will fire.
    ///
    /// @param mode `back` or `forward`
    record Armed(Duration left, String mode) implements SwitchState {}

    /// It never fires.
    record Disarmed() implements SwitchState {}

    /// It has fired.
    ///
    /// @param state FIRED while it is still at work
    record Fired(SwitchTrace.State state, Optional<Instant> at, String mode, String outcome) implements SwitchState {
        boolean hasEnded() {
            return state != SwitchTrace.State.FIRED;
        }
    }

    /// There is none.
    record None() implements SwitchState {}

    /// It could not be made ready or armed.
    record Failed(String reason) implements SwitchState {}

    /// The host did not answer.
    record Unknown(String reason) implements SwitchState {}

    /// Reads an answer of [SwitchScripts#CONTROL].
    static SwitchState parse(String answer) {
        var words = answer.strip().split(" ", 2);
        var rest = words.length > 1 ? words[1] : "";
        return switch (words[0]) {
            case "waiting" -> new Waiting();
            case "armed" -> {
                var parts = rest.split(" ", -1);
                yield parts.length == 2 && parts[0].matches("-?[0-9]{1,15}")
                        ? new Armed(Duration.ofMillis(10 * Long.parseLong(parts[0])), parts[1])
                        : new Unknown("it answered \"" + answer + "\"");
            }
            case "disarmed" -> new Disarmed();
            case "fired" -> fired(rest);
            case "none" -> new None();
            case "failed" -> new Failed(rest);
            default -> new Unknown("it answered \"" + answer + "\"");
        };
    }

    /// Reads the last line of a trace: `WORD EPOCH MODE OUTCOME`. Another line is the first one: nothing has
    /// come of it yet.
    static Fired fired(String line) {
        var words = line.strip().split(" ", 4);
        var state = Arrays.stream(SwitchTrace.State.values())
                .filter(each -> each.word().equals(words[0]) && each != SwitchTrace.State.ARMED)
                .findFirst();
        if (state.isEmpty() || words.length < 3 || !words[1].matches("[0-9]{1,12}")) {
            return new Fired(SwitchTrace.State.FIRED, Optional.empty(), "", "");
        }
        return new Fired(
                state.get(),
                Optional.of(Instant.ofEpochSecond(Long.parseLong(words[1]))),
                words[2],
                words.length > 3 ? words[3] : "");
    }
}
