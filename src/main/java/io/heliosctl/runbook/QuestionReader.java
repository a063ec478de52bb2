package io.heliosctl.runbook;

import io.heliosctl.document.Problems;
import io.heliosctl.document.Yaml;
import io.heliosctl.document.YamlFields;
import io.heliosctl.model.Cast;
import io.heliosctl.model.InvalidDocumentException;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.Problem;
import io.heliosctl.runbook.VerbKey.Draft;
import io.heliosctl.step.Probe;
import java.util.List;
import java.util.Optional;

/// Reads a question that changes nothing: `sql` or `command`, on the target of its step.
record QuestionReader(Cast cast, Scope scope, Problems problems) {

    static final List<String> FORMS = List.of("sql", "command");

    Optional<Draft<Probe>> read(Yaml node, String name) {
        var fields = new YamlFields(node, name, problems);
        if (!(node instanceof Yaml.Entries)) {
            return Optional.empty();
        }
        var forms = fields.keys().stream().filter(FORMS::contains).toList();
        var texts = new Texts(scope, problems);
        var sql = fields.node("sql").flatMap(text -> texts.text(text, name + ".sql", Texts.INTO_SQL));
        var words = fields.node("command").flatMap(list -> texts.words(list, name + ".command"));
        var as = fields.optional("as", VerbKeys.OS_USER);
        fields.finish();
        if (forms.size() != 1) {
            problems.add(Problem.error("one-of", name + " needs exactly one of sql and command")
                    .detail(forms.isEmpty() ? "It has none." : "It has both.")
                    .hint("Write { sql: \"SELECT …\" } or { command: [program, argument] }.")
                    .at(node.place()));
            return Optional.empty();
        }
        if (sql.isPresent()) {
            return Optional.of(target -> new Probe.OfSql(node(target, sql.get()), scope.wording(sql.get(), target)));
        }
        return words.map(list -> target -> new Probe.OfCommand(
                target,
                as,
                list.stream().map(word -> scope.wording(word, target)).toList()));
    }

    private NodeName node(String target, Yaml.Text text) {
        if (cast.nodes().values().stream()
                .flatMap(List::stream)
                .noneMatch(node -> node.value().equals(target))) {
            throw new InvalidDocumentException(
                    Problem.error("wrong-kind", "SQL is asked of nodes, and the step's target is a pooler")
                            .hint("Ask with \"command\".")
                            .at(text.place()));
        }
        return new NodeName(target);
    }
}
