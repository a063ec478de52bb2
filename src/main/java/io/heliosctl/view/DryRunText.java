package io.heliosctl.view;

import io.heliosctl.control.Dispatch;
import io.heliosctl.control.Dispatch.Kind;
import io.heliosctl.control.Findings;
import io.heliosctl.run.Candidacy;
import io.heliosctl.run.RehearsedPlan;
import io.heliosctl.run.UnlessAnswer;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.step.Promote;
import io.heliosctl.step.SiteStep;
import io.heliosctl.step.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A plan that was proved and is not made: before and after, each change with what the hosts will be told,
/// every file that will be written, and what was proved.
///
/// @param answers what the questions of the site's own steps were answered
/// @param verbose whether the commands behind a file are told too
public record DryRunText(
        RehearsedPlan rehearsed,
        List<Candidacy> ranking,
        Findings findings,
        List<UnlessAnswer> answers,
        boolean verbose,
        Style style) {

    /// The whole text; ends with a line feed.
    public String text() {
        var text = new StringBuilder(PlanText.head(rehearsed, ranking, style));
        text.append("Steps, and what the hosts will be told\n");
        ahead(text);
        var committed = false;
        for (var step : rehearsed.plan().steps()) {
            if (!committed && step.parts().stream().anyMatch(part -> part.undo() instanceof Undo.Impossible)) {
                committed = true;
                text.append(style.faint(" -- from here on nothing is taken back --"))
                        .append('\n');
            }
            step(text, step);
        }
        if (!rehearsed.plan().verify().isEmpty()) {
            text.append("Then looked at\n");
        }
        rehearsed.plan().verify().forEach(step -> step(text, step));
        files(text);
        proofs(text);
        return text.append('\n')
                .append("Dry run: rehearsed, and proved on the hosts; nothing was changed.\n")
                .toString();
    }

    private void ahead(StringBuilder text) {
        if (!rehearsed.ahead().isEmpty()) {
            text.append("  0  Ahead of time, with no effect yet\n");
            dispatches(text, rehearsed.ahead());
        }
    }

    private void step(StringBuilder text, PlannedStep step) {
        text.append(PlanText.title(step, style)).append('\n');
        var dispatches = rehearsed.of(step);
        dispatches(text, dispatches);
        step.parts().stream()
                .filter(SiteStep.class::isInstance)
                .map(SiteStep.class::cast)
                .forEach(part -> site(text, part, dispatches.isEmpty()));
        answers.stream()
                .filter(answer -> answer.step() == step.number())
                .forEach(answer -> row(text, answer.target(), "unless", answer.shown()));
        if (step.parts().stream().anyMatch(Promote.class::isInstance)) {
            text.append(style.faint("     (sent again until it has happened)")).append('\n');
        }
    }

    /// What the site's own steps do exactly, since their names do not tell.
    private void site(StringBuilder text, SiteStep part, boolean untold) {
        if (untold) {
            text.append(Paragraph.of("     " + Printable.of(part.shown()), style.columns(), 7))
                    .append('\n');
        } else if (!part.canTell()) {
            row(text, part.targetName(), "note", "without \"unless\" only its exit status tells that it was done");
        }
    }

    /// What is the same for several processes is told once.
    private void dispatches(StringBuilder text, List<Dispatch> dispatches) {
        var told = new ArrayList<Dispatch>();
        for (var dispatch : dispatches) {
            if (!told.contains(dispatch)) {
                told.add(dispatch);
                var times = dispatches.stream().filter(dispatch::equals).count();
                var more = times > 1 ? "  (%d times)".formatted(times) : "";
                row(text, dispatch.target(), dispatch.kind().word(), dispatch.text() + more);
                if (verbose && (dispatch.kind() == Kind.WRITE || dispatch.kind() == Kind.REMOVE)) {
                    dispatch.commands().forEach(command -> row(text, "", "", command));
                }
            }
        }
    }

    private void row(StringBuilder text, String target, String kind, String what) {
        var lines = what.lines().map(Printable::of).toList();
        var head = "     %%-%ds  %%-7s  ".formatted(widest()).formatted(target, kind);
        var indent = head.length() + 2;
        for (int i = 0; i < lines.size(); i++) {
            var begin = i == 0 ? head : " ".repeat(head.length());
            text.append(Paragraph.of(begin + lines.get(i), style.columns(), indent))
                    .append('\n');
        }
    }

    private int widest() {
        var cluster = rehearsed.plan().before().cluster();
        var nodes =
                cluster.nodes().stream().mapToInt(node -> node.name().value().length());
        var poolers = cluster.poolers().stream()
                .mapToInt(pooler -> pooler.name().value().length());
        return IntStream.concat(nodes, poolers).max().orElse(1);
    }

    /// Lines of files are not broken.
    private void files(StringBuilder text) {
        var files = rehearsed.files();
        if (!files.isEmpty()) {
            text.append("\nFiles that will be written\n");
            files.forEach(file -> file.diff()
                    .lines()
                    .forEach(line -> text.append("  ")
                            .append(coloured(Printable.of(line)))
                            .append('\n')));
        }
    }

    private String coloured(String line) {
        if (line.startsWith("---") || line.startsWith("+++")) {
            return style.bold(line);
        }
        return line.startsWith("+") ? style.good(line) : line.startsWith("-") ? style.bad(line) : line;
    }

    private void proofs(StringBuilder text) {
        var format = "  ok  %%-%ds  %%s".formatted(widest());
        text.append("\nProved on the hosts\n");
        for (var name : names()) {
            findings.proofs().stream()
                    .filter(proof -> proof.host().equals(name))
                    .map(proof -> format.formatted(proof.host(), Printable.of(proof.proved())))
                    .forEach(line -> text.append(Paragraph.of(line, style.columns(), 8 + widest()))
                            .append('\n'));
        }
    }

    private List<String> names() {
        var cluster = rehearsed.plan().before().cluster();
        var names = new ArrayList<String>();
        cluster.nodes().forEach(node -> names.add(node.name().value()));
        cluster.poolers().forEach(pooler -> names.add(pooler.name().value()));
        return names;
    }
}
