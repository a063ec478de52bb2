package io.heliosctl.runbook;

import io.heliosctl.document.Problems;
import io.heliosctl.document.Yaml;
import io.heliosctl.model.Cast;
import io.heliosctl.step.Probe;
import io.heliosctl.step.Step;
import io.heliosctl.step.Terms;
import java.util.Optional;

/// Makes what stands beside one of the site's own verbs, for each target.
record TermsReader(Runbook runbook, Cast cast, Scope scope, Verb verb, RunbookStep step) {

    Terms on(String target) {
        var extras = step.extras();
        var when =
                step.when().filter(written -> scope.late(written.expression()).isPresent());
        return new Terms(
                when.map(written -> scope.condition(written, target)),
                extras.unless().map(question -> question(question, target)),
                extras.expect().map(written -> scope.condition(written, target)),
                extras.undo().map(undo -> undo(undo, target)),
                extras.register().map(name -> new Terms.Register(name, isOne())),
                extras.secret());
    }

    private Probe question(Yaml node, String target) {
        var problems = new Problems();
        var question = new QuestionReader(cast, scope, problems).read(node, "unless");
        problems.throwIfErrors();
        return question.orElseThrow().on(target);
    }

    private Step undo(RunbookStep undo, String target) {
        var given = VerbArguments.read(runbook, cast, scope, Optional.of(target), undo);
        return Verbs.find(undo.verb()).orElseThrow().make().apply(given).getFirst();
    }

    /// True if the step's target is a role that is always one node, so that its result needs no name of a
    /// target.
    private boolean isOne() {
        return step.arguments() instanceof Yaml.Entries entries
                && entries.find("target").orElse(entries) instanceof Yaml.Text role
                && runbook.cast().containsKey(role.value())
                && runbook.cast().get(role.value()).isOne();
    }
}
