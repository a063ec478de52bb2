package io.heliosctl.runbook;

import io.heliosctl.document.Templates;
import io.heliosctl.document.Yaml;
import io.heliosctl.model.InvalidDocumentException;
import io.heliosctl.model.Problem;
import io.heliosctl.step.Condition;
import io.heliosctl.step.Wording;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What texts and conditions of one step may name: what is known now, and what earlier steps will have kept
/// by then.
///
/// @param known `params`, `cast`, `cluster`
/// @param kept the names under which earlier steps keep their results
record Scope(Map<String, Object> known, Set<String> kept, Passages passages) {

    private static final Pattern STRING = Pattern.compile("'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"");

    Scope {
        kept = Set.copyOf(kept);
    }

    /// The name of a kept value that an expression or template mentions.
    Optional<String> late(String text) {
        var words = STRING.matcher(text).replaceAll("''");
        return kept.stream()
                .filter(name -> Pattern.compile("(?<![\\w.])" + name + "(?!\\w)")
                        .matcher(words)
                        .find())
                .sorted()
                .findFirst();
    }

    private Optional<String> lateInTemplate(String text) {
        return text.contains("{{") || text.contains("{%") ? late(text) : Optional.empty();
    }

    /// The same node with every text that holds `{{ }}` rendered; structure is never made by a template.
    ///
    /// @throws InvalidDocumentException if it names something that is not known yet
    Yaml rendered(Yaml node) {
        return switch (node) {
            case Yaml.Text text
            when text.value().contains("{{") || text.value().contains("{%") -> {
                lateInTemplate(text.value()).ifPresent(name -> {
                    throw new InvalidDocumentException(notKnownYet(name, text));
                });
                var value = passages.at(text, () -> Templates.render(Passages.source(text), known));
                yield new Yaml.Text(value, false, text.place());
            }
            case Yaml.Entries entries ->
                new Yaml.Entries(
                        entries.entries().stream()
                                .map(entry -> new Yaml.Entry(entry.key(), rendered(entry.value())))
                                .toList(),
                        entries.place());
            case Yaml.Items items ->
                new Yaml.Items(items.items().stream().map(this::rendered).toList(), items.place());
            case Yaml.Text text -> text;
            case Yaml.Unread unread -> unread;
        };
    }

    private static Problem notKnownYet(String name, Yaml.Text text) {
        return Problem.error("not-known-yet", "\"%s\" is known only while the runbook runs".formatted(name))
                .hint("Whom a step is made on, and how long it may take, has to be known for the plan.")
                .at(text.place());
    }

    /// A text for one target, rendered right before it is used.
    Wording wording(Yaml.Text text, String target) {
        var wording = new Wording(
                Passages.source(text),
                with(target),
                lateInTemplate(text.value()).isPresent());
        passages.at(text, () -> {
            if (wording.late()) {
                var problems = Templates.check(wording.source());
                if (!problems.isEmpty()) {
                    throw new InvalidDocumentException(problems);
                }
            } else {
                Templates.render(wording.source(), wording.known());
            }
            return wording;
        });
        return wording;
    }

    /// A condition for one target, asked while the runbook runs.
    Condition condition(RunbookStep.Condition written, String target) {
        var problems = Templates.checkCondition(written.expression(), written.place());
        if (!problems.isEmpty()) {
            throw new InvalidDocumentException(problems);
        }
        return new Condition(written.expression(), written.place(), with(target));
    }

    private Map<String, Object> with(String target) {
        var values = new HashMap<>(known);
        values.put("this", Map.of("name", target));
        return values;
    }
}
