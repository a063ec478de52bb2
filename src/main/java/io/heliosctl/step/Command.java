package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.control.Errand;
import io.heliosctl.model.Change;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs a command of the site's own on the host of a node or pooler.
///
/// @param target name of the node or pooler
/// @param as the OS user it runs as; the login user if empty
/// @param words the program and its arguments; none if it is a script
/// @param script a text for the shell; empty if it is words
public record Command(
        String target,
        Optional<String> as,
        List<Wording> words,
        Optional<Wording> script,
        Duration timeout,
        Terms terms)
        implements SiteStep {

    public Command {
        words = List.copyOf(words);
    }

    @Override
    public String verb() {
        return "command";
    }

    @Override
    public String targetName() {
        return target;
    }

    @Override
    public String summary() {
        return "run on %s%s: %s".formatted(target, as.map(user -> " as " + user).orElse(""), typed());
    }

    private String typed() {
        return Shown.cut(script.map(Wording::shown).orElseGet(() -> Words.shown(words)));
    }

    @Override
    public String shown() {
        return summary() + (canTell() ? "" : " (without \"unless\" only its exit status tells)");
    }

    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        return terms.done(cluster, timeout)
                ? Optional.empty()
                : Optional.of(new Change("command on " + target, "not run", "run"));
    }

    @Override
    public String apply(ClusterControl cluster) {
        var result = cluster.execute(target, errand(cluster));
        if (result.status() != 0) {
            throw new ProblemException(Problem.error(
                            "command-failed",
                            "the command on %s ended with status %d".formatted(target, result.status()))
                    .detail(said(result))
                    .hint("Run it there by hand: " + (terms.secret() ? "it is in the runbook." : typed())));
        }
        terms.accept(cluster, this, values(result), timeout);
        return "";
    }

    private Errand errand(ClusterControl cluster) {
        var scene = cluster.scene();
        return script.map(text -> Errand.script(text.in(scene), timeout))
                .orElseGet(() -> new Errand(
                        as, words.stream().map(word -> word.in(scene)).toList(), "", timeout));
    }

    private String said(Errand.Result result) {
        if (terms.secret()) {
            return "Its output is secret.";
        }
        var said = Shown.end(result.errors().isBlank() ? result.output() : result.errors());
        return said.isEmpty() ? "It said nothing." : said;
    }

    private static Map<String, Object> values(Errand.Result result) {
        var values = new LinkedHashMap<String, Object>();
        values.put("status", (long) result.status());
        values.put("output", result.output().stripTrailing());
        values.put("errors", result.errors().stripTrailing());
        return values;
    }
}
