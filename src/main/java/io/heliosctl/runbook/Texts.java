package io.heliosctl.runbook;

import io.heliosctl.document.Problems;
import io.heliosctl.document.Templates;
import io.heliosctl.document.Yaml;
import io.heliosctl.document.YamlList;
import io.heliosctl.document.YamlNode;
import io.heliosctl.document.YamlText;
import io.heliosctl.model.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads texts that become SQL or commands.
record Texts(Scope scope, Problems problems) {

    static final Set<String> INTO_SQL = Set.of("sql", "sql_identifier");
    static final Set<String> INTO_SHELL = Set.of("sh");

    /// A text in which every `{{ }}` ends in one of the filters; none means that nothing needs quoting.
    Optional<Yaml.Text> text(Yaml node, String name, Set<String> filters) {
        var read = YamlText.any().read(node, name, problems);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        var text = (Yaml.Text) node;
        if (!filters.isEmpty()) {
            Templates.requireFilter(Passages.source(text), filters)
                    .forEach(problem -> problems.add(scope.passages().at(text, problem)));
        }
        return Optional.of(text);
    }

    /// The words of a command, the first of which is a program.
    Optional<List<Yaml.Text>> words(Yaml node, String name) {
        if (node instanceof Yaml.Text) {
            problems.add(Problem.error("wrong-type", name + " must be a list of words, not text")
                    .hint("Write [program, argument, …]; a text for the shell goes into \"script\".")
                    .at(node.place()));
            return Optional.empty();
        }
        var items = new YamlList<>(new YamlNode()).read(node, name, problems).orElse(List.of());
        if (node instanceof Yaml.Items && items.isEmpty()) {
            problems.add(Problem.error("wrong-value", name + " must name a program")
                    .hint("Write [program, argument, …].")
                    .at(node.place()));
        }
        var words = items.stream()
                .flatMap(item -> text(item, name, Set.of()).stream())
                .toList();
        return words.isEmpty() || words.size() < items.size() ? Optional.empty() : Optional.of(words);
    }
}
