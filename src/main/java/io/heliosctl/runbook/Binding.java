package io.heliosctl.runbook;

import io.heliosctl.document.Problems;
import io.heliosctl.document.Templates;
import io.heliosctl.model.Cast;
import io.heliosctl.model.InvalidDocumentException;
import io.heliosctl.model.Place;
import io.heliosctl.model.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Turns the steps of a runbook into steps on names.
public final class Binding {

    private static final Pattern DIFFERS = Pattern.compile("cluster\\.(vars|databases)|cast\\.\\w+\\[");

    private final Runbook runbook;
    private final Cast cast;
    private final Map<String, Object> context;
    private final Passages passages;
    private final boolean pretended;
    private final Set<String> kept = new LinkedHashSet<>();
    private final Problems problems = new Problems();

    /// The steps of a runbook, bound.
    public record Bound(List<PlannedStep> steps, List<PlannedStep> verify) {}

    private Binding(Runbook runbook, Cast cast, Map<String, Object> context, boolean pretended) {
        this.runbook = runbook;
        this.cast = cast;
        this.context = context;
        this.passages = new Passages(runbook);
        this.pretended = pretended;
    }

    /// Binds a runbook to a cast.
    ///
    /// @param context what `{{ }}` and conditions may name: `params`, `cast`, `cluster`
    /// @throws InvalidDocumentException if a step cannot be made of what is written
    public static Bound bind(Runbook runbook, Cast cast, Map<String, Object> context) {
        return new Binding(runbook, cast, context, false).all();
    }

    /// Binds a runbook to a pretended cast, to find what is wrong with it without a cluster.
    ///
    /// @throws InvalidDocumentException if anything is
    static void check(Runbook runbook) {
        new Binding(runbook, Pretence.cast(runbook), Pretence.context(runbook), true).all();
    }

    private Bound all() {
        var steps = bind(runbook.steps(), 0);
        runbook.verify().forEach(this::requireCheck);
        var verify = bind(runbook.verify(), runbook.steps().size());
        problems.throwIfErrors();
        return new Bound(steps, verify);
    }

    private void requireCheck(RunbookStep step) {
        if (!Verbs.find(step.verb()).orElseThrow().isCheck()) {
            problems.add(
                    Problem.error("not-a-check", "\"verify\" only looks, and \"%s\" is no look".formatted(step.verb()))
                            .detail("Verbs that only look: " + String.join(", ", Verbs.CHECKS) + ".")
                            .hint("Move it to \"steps\".")
                            .at(step.place()));
        }
    }

    private List<PlannedStep> bind(List<RunbookStep> written, int before) {
        var bound = new ArrayList<PlannedStep>();
        for (var step : written) {
            var number = before + bound.size() + 1;
            try {
                bound.add(bind(step, number));
            } catch (InvalidDocumentException e) {
                e.problems().stream().filter(this::counts).map(Hints::filledIn).forEach(problems::add);
                bound.add(nothing(step, number));
            }
            step.extras().register().ifPresent(kept::add);
        }
        return bound;
    }

    /// What `cluster.vars` and lists of names hold differs from cluster to cluster: it is looked up for the
    /// real one.
    private boolean counts(Problem problem) {
        var source = problem.place().map(Place::source).orElse("");
        return !(pretended
                && problem.code().equals("template-undefined")
                && DIFFERS.matcher(source).find());
    }

    private static PlannedStep nothing(RunbookStep step, int number) {
        return new PlannedStep(number, step.name(), List.of(), 0, 1);
    }

    private PlannedStep bind(RunbookStep step, int number) {
        var scope = new Scope(context, kept, passages);
        var verb = Verbs.find(step.verb()).orElseThrow();
        var late = step.when().filter(when -> scope.late(when.expression()).isPresent());
        if (late.isPresent() && !verb.isSite()) {
            throw new InvalidDocumentException(Problem.error(
                            "not-known-yet",
                            "whether there is a \"%s\" has to be known for the plan".formatted(verb.name()))
                    .detail("\"%s\" is known only while the runbook runs."
                            .formatted(scope.late(late.get().expression()).orElseThrow()))
                    .hint("Only the site's own verbs may wait for it: " + String.join(", ", Verbs.SITE) + ".")
                    .at(late.get().place()));
        }
        if (late.isEmpty() && !holds(step)) {
            return nothing(step, number);
        }
        var given = VerbArguments.read(runbook, cast, scope, Optional.empty(), step);
        return new PlannedStep(number, step.name(), verb.make().apply(given), step.tolerate(), step.atOnce());
    }

    /// Whether a condition holds that can be asked now. Every name in it is looked up, also where nothing is
    /// real.
    private boolean holds(RunbookStep step) {
        if (step.when().isEmpty()) {
            return true;
        }
        var when = step.when().get();
        return Templates.condition(when.expression(), when.place(), context) || pretended;
    }
}
