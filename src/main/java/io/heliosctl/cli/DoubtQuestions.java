package io.heliosctl.cli;

import io.heliosctl.run.Doubts;
import java.io.PrintStream;
import java.util.Locale;

/// Settles what only a person can tell: by an option, else by asking. `--yes` is no answer to this.
final class DoubtQuestions implements Doubts {

    private final ResumeOptions options;
    private final Confirmation confirmation;
    private final PrintStream out;

    DoubtQuestions(ResumeOptions options, Confirmation confirmation, PrintStream out) {
        this.options = options;
        this.confirmation = confirmation;
        this.out = out;
    }

    @Override
    public Answer settle(Doubt doubt) {
        var question = question(doubt);
        if (options.done().contains(doubt.step())) {
            confirmation.tell(question, "yes", "--done");
            return Answer.DONE;
        }
        if (options.again().contains(doubt.step())) {
            confirmation.tell(question, "no", "--again");
            return Answer.NOT_DONE;
        }
        var typed = confirmation.typed(out, question + " [yes/no/stop] ");
        var answer = typed.map(DoubtQuestions::answer).orElse(Answer.STOP);
        confirmation.tell(
                question,
                switch (answer) {
                    case DONE -> "yes";
                    case NOT_DONE -> "no";
                    case STOP -> "stop";
                },
                typed.isPresent() ? Confirmation.user() : "nobody answered");
        return answer;
    }

    private static String question(Doubt doubt) {
        var ended = doubt.entry().status().isEmpty()
                ? "its end is not known"
                : "it ended as \"%s\"".formatted(doubt.entry().status().get().word());
        return "Step %d was begun on %s at %s, and %s: %s. Was it done?"
                .formatted(doubt.step(), doubt.entry().target(), doubt.entry().begun(), ended, doubt.summary());
    }

    /// Anything but a whole word stops: a slip of the fingers must not run a command twice.
    private static Answer answer(String typed) {
        return switch (typed.strip().toLowerCase(Locale.ROOT)) {
            case "yes" -> Answer.DONE;
            case "no" -> Answer.NOT_DONE;
            default -> Answer.STOP;
        };
    }
}
