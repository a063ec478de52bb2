package io.heliosctl.runbook;

import io.heliosctl.step.Command;
import io.heliosctl.step.Confirm;
import io.heliosctl.step.SiteStep;
import io.heliosctl.step.Sql;
import io.heliosctl.step.Step;
import io.heliosctl.step.Wait;
import java.util.List;

/// What the site's own verbs become.
final class SiteVerbs {

    private SiteVerbs() {}

    static List<Step> command(Given given) {
        return given.get(VerbKeys.HOSTS).stream()
                .<Step>map(host -> new Command(
                        host,
                        given.find(VerbKeys.AS),
                        given.find(VerbKeys.RUN).map(words -> words.on(host)).orElse(List.of()),
                        given.find(VerbKeys.SCRIPT).map(script -> script.on(host)),
                        given.timeout(),
                        given.terms(host)))
                .toList();
    }

    static List<Step> sql(Given given) {
        return given.get(VerbKeys.NODES).stream()
                .<Step>map(node -> new Sql(
                        node, given.get(VerbKeys.SQL).on(node.value()), given.timeout(), given.terms(node.value())))
                .toList();
    }

    static List<Step> waiting(Given given) {
        var until = given.find(VerbKeys.UNTIL);
        var limit = given.find(VerbKeys.FOR).orElse(given.timeout());
        var targets = until.isPresent() ? given.get(VerbKeys.ASKED) : List.of(SiteStep.HERE);
        return targets.stream()
                .<Step>map(target -> new Wait(
                        target,
                        until.map(question -> question.on(target)),
                        given.get(VerbKeys.EVERY),
                        limit,
                        given.terms(target)))
                .toList();
    }

    static List<Step> confirm(Given given) {
        var question = given.get(VerbKeys.QUESTION).on(SiteStep.HERE);
        return List.of(new Confirm(question, given.timeout(), given.terms(SiteStep.HERE)));
    }
}
