package io.heliosctl.runbook;

import io.heliosctl.document.Problems;
import io.heliosctl.document.Spelling;
import io.heliosctl.document.Yaml;
import io.heliosctl.document.YamlFields;
import io.heliosctl.document.YamlFlag;
import io.heliosctl.document.YamlList;
import io.heliosctl.document.YamlNode;
import io.heliosctl.document.YamlText;
import io.heliosctl.document.YamlWhole;
import io.heliosctl.model.Problem;
import io.heliosctl.runbook.RunbookStep.Condition;
import io.heliosctl.runbook.RunbookStep.Extras;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the steps of a runbook: for each its verb, and what stands beside the verb.
final class StepReader {

    static final List<String> ANY_STEP = List.of("name", "when", "tolerate", "at_once");
    static final YamlText STEP_NAME =
            YamlText.line().hint("Say in one line what the step does; it is shown to whoever runs it.");
    static final YamlText REGISTER = new YamlText("a name of small letters, digits and \"_\"", "[a-z][a-z0-9_]{0,62}")
            .hint("Later steps write it in conditions and {{ }}.");
    static final YamlWhole COUNT = new YamlWhole(0, 1000);
    static final YamlWhole AT_ONCE = new YamlWhole(1, 1000);

    private static final Set<String> TAKEN = Set.of("params", "cast", "cluster", "this", "result");

    private final Problems problems;
    private final Set<String> registered = new LinkedHashSet<>();

    StepReader(Problems problems) {
        this.problems = problems;
    }

    /// The steps of a list that stands under a key; none if it is left out or no list, which is a problem
    /// then.
    List<RunbookStep> read(String key, Optional<Yaml> node) {
        var items = node.flatMap(written -> new YamlList<>(new YamlNode()).read(written, key, problems));
        var steps = new ArrayList<RunbookStep>();
        int number = 0;
        for (var item : items.orElse(List.of())) {
            number++;
            step(key + "[" + number + "]", item).ifPresent(steps::add);
        }
        return steps;
    }

    private Optional<RunbookStep> step(String path, Yaml node) {
        var fields = new YamlFields(node, path, problems);
        if (!(node instanceof Yaml.Entries entries)) {
            return Optional.empty();
        }
        var beside = fields.keys().stream().filter(this::standsBesideAVerb).toList();
        var verb = verb(path, entries, beside);
        var name = fields.optional("name", STEP_NAME);
        var when = condition(fields, path, "when");
        var tolerate = tolerate(fields);
        var atOnce = fields.optional("at_once", AT_ONCE, 1000);
        if (verb.isEmpty()) {
            return Optional.empty();
        }
        var extras = extras(verb.get(), fields, path);
        fields.know(List.of(verb.get().name()));
        fields.finish();
        var arguments = entries.find(verb.get().name()).orElseThrow();
        return Optional.of(new RunbookStep(
                name.orElse(verb.get().name()),
                verb.get().name(),
                arguments,
                when,
                tolerate,
                atOnce,
                extras,
                node.place()));
    }

    private boolean standsBesideAVerb(String key) {
        return ANY_STEP.contains(key) || Verb.EXTRAS.contains(key);
    }

    private Optional<Verb> verb(String path, Yaml.Entries entries, List<String> beside) {
        var words =
                entries.names().stream().filter(key -> !beside.contains(key)).toList();
        var verbs = words.stream().filter(Verbs.NAMES::contains).toList();
        if (verbs.size() == 1) {
            return Verbs.find(verbs.getFirst());
        }
        if (verbs.size() > 1) {
            problems.add(Problem.error("one-verb", path + " must have exactly one verb")
                    .detail("It has " + String.join(" and ", verbs) + ".")
                    .hint("Make a step of each: one begins with \"- name:\".")
                    .at(keyOf(entries, verbs.get(1)).place()));
        } else if (words.isEmpty()) {
            problems.add(Problem.error("one-verb", path + " must have exactly one verb")
                    .detail("It has none.")
                    .hint("Add one of " + String.join(", ", Verbs.NAMES) + ".")
                    .at(entries.place()));
        }
        words.stream().filter(word -> verbs.isEmpty()).forEach(word -> problems.add(unknown(entries, word)));
        return Optional.empty();
    }

    private static Problem unknown(Yaml.Entries entries, String word) {
        var known = new ArrayList<>(Verbs.NAMES);
        known.addAll(ANY_STEP);
        known.addAll(Verb.EXTRAS);
        var question = Spelling.question(word, known);
        return Problem.error("unknown-verb", "unknown verb \"" + word + "\"")
                .detail("Known: " + String.join(", ", Verbs.NAMES) + ".")
                .hint(question.isEmpty() ? "A site's own work goes into \"command\" or \"sql\"." : question)
                .at(keyOf(entries, word).place());
    }

    private static Yaml.Text keyOf(Yaml.Entries entries, String name) {
        return entries.entries().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow()
                .key();
    }

    private Optional<Condition> condition(YamlFields fields, String path, String key) {
        var text = fields.optional(key, new YamlNode())
                .flatMap(node ->
                        YamlText.any().read(node, path + "." + key, problems).map(read -> node));
        return text.map(node -> new Condition(((Yaml.Text) node).value(), node.place()));
    }

    private int tolerate(YamlFields fields) {
        var all = fields.node("tolerate")
                .filter(node -> node instanceof Yaml.Text text && text.value().equals("all"));
        return all.isPresent() ? PlannedStep.TOLERATE_ALL : fields.optional("tolerate", COUNT, 0);
    }

    private Extras extras(Verb verb, YamlFields fields, String path) {
        if (verb.extras().isEmpty()) {
            return Extras.none();
        }
        fields.know(verb.extras());
        var register = fields.optional("register", REGISTER);
        register.ifPresent(name -> checkRegister(name, fields));
        var secret = fields.optional("secret", new YamlFlag(), false);
        if (secret && register.isPresent()) {
            problems.add(Problem.error("secret-kept", path + " is secret, and its result would be kept in the journal")
                    .hint("Delete \"register\", or let the next command read the secret itself.")
                    .at(fields.node("register").orElseThrow().place()));
        }
        return new Extras(
                fields.node("unless"),
                condition(fields, path, "expect"),
                fields.node("undo").flatMap(node -> undo(path + ".undo", node)),
                register,
                secret);
    }

    private void checkRegister(String name, YamlFields fields) {
        if (!TAKEN.contains(name) && registered.add(name)) {
            return;
        }
        problems.add(Problem.error("name-taken", "the name \"%s\" is taken".formatted(name))
                .detail(
                        TAKEN.contains(name)
                                ? "It means something else in conditions."
                                : "An earlier step keeps its result there.")
                .hint("Choose another name.")
                .at(fields.node("register").orElseThrow().place()));
    }

    /// The verb that takes a step back: nothing stands beside it, and its target is the step's own.
    private Optional<RunbookStep> undo(String path, Yaml node) {
        var fields = new YamlFields(node, path, problems);
        if (!(node instanceof Yaml.Entries entries)) {
            return Optional.empty();
        }
        var undoing = Verbs.ALL.stream()
                .filter(verb -> !verb.extras().isEmpty())
                .map(Verb::name)
                .toList();
        var words = entries.names();
        if (words.size() != 1 || !undoing.contains(words.getFirst())) {
            problems.add(Problem.error("undo-verb", path + " must be exactly one of " + String.join(" and ", undoing))
                    .detail("It has " + (words.isEmpty() ? "nothing" : String.join(" and ", words)) + ".")
                    .hint("Write undo: { command: { run: [program, argument] } }; its target is that of the step.")
                    .at(
                            words.isEmpty()
                                    ? node.place()
                                    : entries.entries().getFirst().key().place()));
            return Optional.empty();
        }
        fields.know(words);
        var verb = words.getFirst();
        return Optional.of(new RunbookStep(
                "Take back",
                verb,
                entries.find(verb).orElseThrow(),
                Optional.empty(),
                0,
                1,
                Extras.none(),
                node.place()));
    }
}
