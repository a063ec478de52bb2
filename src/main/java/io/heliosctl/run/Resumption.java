package io.heliosctl.run;

import io.heliosctl.model.Problem;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.step.Follow;
import io.heliosctl.step.HoldPool;
import io.heliosctl.step.KillPool;
import io.heliosctl.step.PausePool;
import io.heliosctl.step.PointPool;
import io.heliosctl.step.RestartPostgres;
import io.heliosctl.step.ResumePool;
import io.heliosctl.step.ReturnStep;
import io.heliosctl.step.SiteStep;
import io.heliosctl.step.StartPostgres;
import io.heliosctl.step.Step;
import io.heliosctl.step.StopPostgres;
import io.heliosctl.step.Undo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which steps of a run that was cut are not made again, nor even looked at, when somebody goes on with it.
///
/// A look (`pending`) settles everything it can settle. What is left: steps that looking cannot tell about,
/// steps that a later one of the same run has overtaken on purpose, and, once there is a new primary, what came
/// before it.
final class Resumption implements StepRunner.Memory {

    private final Plan plan;
    private final Past past;
    private final Doubts doubts;
    private final boolean promoted;
    private final Map<Key, Doubts.Answer> answers = new HashMap<>();

    private record Key(int step, String target, boolean takingBack) {}

    /// @param promoted whether the point of no return lies behind
    Resumption(Plan plan, Past past, Doubts doubts, boolean promoted) {
        this.plan = plan;
        this.past = past;
        this.doubts = doubts;
        this.promoted = promoted;
    }

    /// Asks about everything that nobody but a person can tell, before anything is made.
    ///
    /// @return why nothing may be made; empty if all is settled
    List<Problem> settle(List<PlannedStep> steps, boolean takingBack) {
        var problems = new ArrayList<Problem>();
        for (var step : steps) {
            for (var part : step.parts()) {
                if (part instanceof SiteStep site
                        && !site.canTell()
                        && past.isInDoubt(step.number(), part.targetName(), takingBack)) {
                    settle(step, part, takingBack).ifPresent(problems::add);
                }
            }
        }
        return problems;
    }

    private Optional<Problem> settle(PlannedStep step, Step part, boolean takingBack) {
        var entry = past.last(step.number(), part.targetName(), takingBack).orElseThrow();
        var answer = doubts.settle(new Doubts.Doubt(step.number(), part.summary(), entry));
        answers.put(new Key(step.number(), part.targetName(), takingBack), answer);
        return answer == Doubts.Answer.STOP
                ? Optional.of(Problem.error(
                                "in-doubt",
                                "nobody knows whether step %d was made on %s"
                                        .formatted(step.number(), part.targetName()))
                        .detail("It was begun, and looking cannot tell: %s.".formatted(part.summary()))
                        .hint("Find out, then say it when you are asked, or with --done %1$d or --again %1$d."
                                .formatted(step.number())))
                : Optional.empty();
    }

    /// What lets the clients in of poolers that are to be paused anew. One whose pause was begun and did not
    /// end looks paused while transactions are still open. One that was paused while its primary still serves
    /// gets its whole budget again like this; not if it may lead to the new primary already, which takes no
    /// writes yet.
    ///
    /// @param served whether the old primary still accepts writes
    List<PlannedStep> toPauseAnew(boolean served) {
        var anew = new ArrayList<PlannedStep>();
        for (var step : plan.steps()) {
            var held = step.parts().stream()
                    .filter(part -> thing(part).equals("pause") && !(part instanceof ResumePool))
                    .filter(part -> isToPauseAnew(step, part, served))
                    .toList();
            anew.add(settling("Let the clients in that \"%s\" may hold".formatted(step.name()), undos(held)));
        }
        return anew.stream().filter(step -> !step.parts().isEmpty()).toList();
    }

    private static PlannedStep settling(String name, List<Step> parts) {
        return new PlannedStep(Past.SETTLING, name, parts, 0, Math.max(1, parts.size()));
    }

    private static List<Step> undos(List<Step> parts) {
        return parts.stream()
                .map(Step::undo)
                .filter(Undo.With.class::isInstance)
                .map(undo -> ((Undo.With) undo).step())
                .toList();
    }

    private boolean isToPauseAnew(PlannedStep step, Step part, boolean served) {
        var target = part.targetName();
        var ours = past.last(step.number(), target, false)
                .filter(History.Entry::mayHaveHappened)
                .isPresent();
        return ours
                && done(step, part, false).isEmpty()
                && (past.isInDoubt(step.number(), target, false) || (served && !isRouted(target)));
    }

    private boolean isRouted(String pooler) {
        return plan.steps().stream()
                .flatMap(step -> step.parts().stream()
                        .filter(part -> part instanceof PointPool
                                && part.targetName().equals(pooler)
                                && past.isBegun(step.number(), pooler)))
                .findAny()
                .isPresent();
    }

    @Override
    public Optional<String> done(PlannedStep step, Step part, boolean takingBack) {
        var answer = answers.get(new Key(step.number(), part.targetName(), takingBack));
        if (answer == Doubts.Answer.DONE) {
            return Optional.of("made before, the operator says");
        }
        // What is made to settle a doubt was never made before, whatever has its number of none.
        if (takingBack || step.number() == Past.SETTLING) {
            return Optional.empty();
        }
        if (promoted && isBeforePromotion(step) && !(part instanceof PointPool)) {
            return Optional.of("made before the promotion");
        }
        if (isOvertaken(step, part)) {
            return Optional.of("made before, and a later step has gone on from there");
        }
        return isUnseen(part) && past.endedWell(step.number(), part.targetName(), false)
                ? Optional.of("made before")
                : Optional.empty();
    }

    /// Where the poolers lead matters to the end. Everything else before the promotion was done when that
    /// began, and making it again would undo what came after: it would pause clients, or stop a server that
    /// follows by now.
    private boolean isBeforePromotion(PlannedStep step) {
        return plan.steps().stream().filter(PointOfNoReturn::isOne).anyMatch(point -> step.number() < point.number());
    }

    /// A later step on the same thing was begun, so this one's effect is not to be seen any more.
    private boolean isOvertaken(PlannedStep step, Step part) {
        var thing = thing(part);
        return !thing.isEmpty()
                && plan.steps().stream()
                        .filter(later -> later.number() > step.number())
                        .flatMap(later -> later.parts().stream()
                                .filter(other -> other.targetName().equals(part.targetName())
                                        && thing(other).equals(thing)
                                        && hasOvertaken(later, other)))
                        .findAny()
                        .isPresent();
    }

    /// Dropping connections overtakes nothing where there were none to drop, for the pool was held.
    private boolean hasOvertaken(PlannedStep later, Step part) {
        return part instanceof KillPool
                ? past.last(later.number(), part.targetName(), false)
                        .filter(History.Entry::mayHaveHappened)
                        .isPresent()
                : past.isBegun(later.number(), part.targetName());
    }

    private static String thing(Step part) {
        return switch (part) {
            case PausePool _, HoldPool _, KillPool _, ResumePool _ -> "pause";
            case PointPool _ -> "route";
            case StopPostgres _, StartPostgres _, ReturnStep _ -> "server";
            case Follow _ -> "upstream";
            default -> "";
        };
    }

    /// Looking does not tell whether it was made.
    private static boolean isUnseen(Step part) {
        return part instanceof RestartPostgres
                || (part instanceof SiteStep site && site.terms().unless().isEmpty());
    }
}
