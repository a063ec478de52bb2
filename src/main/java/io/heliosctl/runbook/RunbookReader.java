package io.heliosctl.runbook;

import io.heliosctl.document.Problems;
import io.heliosctl.document.Yaml;
import io.heliosctl.document.YamlChoice;
import io.heliosctl.document.YamlFields;
import io.heliosctl.document.YamlReader;
import io.heliosctl.document.YamlText;
import io.heliosctl.model.InvalidDocumentException;
import io.heliosctl.model.Place;
import io.heliosctl.model.Problem;
import io.heliosctl.runbook.Runbook.Danger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the YAML form of a runbook. All that is wrong with it is reported at once.
public final class RunbookReader {

    static final YamlChoice<Integer> VERSION = new YamlChoice<>(Map.of("1", 1), List.of("1"));
    static final YamlText NAME = new YamlText("a short name in small letters", "[a-z][a-z0-9-]{0,62}")
            .hint("Use letters, digits and \"-\", as in \"our-switchover\".");

    static final YamlText SUMMARY = YamlText.line().hint("Say in one sentence what it is for.");

    private final String origin;
    private final String text;
    private final Problems problems;

    private RunbookReader(String origin, String text, Problems problems) {
        this.origin = origin;
        this.text = text;
        this.problems = problems;
    }

    /// Reads a runbook and checks every step of it, as far as that can be done without a cluster.
    ///
    /// @param file what it is called in messages
    /// @param origin where it comes from, for people
    /// @throws InvalidDocumentException if anything is wrong with it
    public static Runbook read(String file, String origin, String text) {
        var problems = new Problems();
        var read = YamlReader.readText(file, text, problems)
                .map(root -> new RunbookReader(origin, text, problems).runbook(root));
        problems.throwIfErrors();
        return read.orElseThrow(() -> new IllegalStateException("nothing was read, and no problem found"));
    }

    /// Looks into the steps as they would be made; adds what is wrong with them.
    private void check(Runbook runbook) {
        try {
            Binding.check(runbook);
        } catch (InvalidDocumentException e) {
            e.problems().forEach(problems::add);
        }
    }

    private Runbook runbook(Yaml root) {
        var fields = new YamlFields(root, "", problems);
        fields.required("version", VERSION);
        var name = fields.required("name", NAME);
        var summary = fields.required("summary", SUMMARY);
        var danger = fields.optional("danger", YamlChoice.of(Danger.class), Danger.HIGH);
        var names = new Problems();
        var parameters = new ParameterReader(names).read(fields.node("params"));
        var cast = new RoleReader(names, parameters).read(fields.node("cast"));
        names.inOrder().forEach(problems::add);
        var reader = new StepReader(problems);
        var steps = reader.read("steps", fields.node("steps"));
        var verify = reader.read("verify", fields.node("verify"));
        if (root instanceof Yaml.Entries entries && isEmpty(entries.find("steps"))) {
            problems.add(Problem.error("no-steps", "a runbook has at least one step")
                    .hint("Add \"steps:\", and under it \"- name: …\" with a verb for each step.")
                    .at(entries.find("steps").orElse(root).place()));
        }
        fields.finish();
        var runbook = new Runbook(
                name.orElse(""),
                summary.orElse(""),
                danger,
                parameters,
                cast,
                steps,
                verify,
                origin,
                text,
                root.place());
        // Where a name is wrong already, every step that uses it would be wrong again.
        if (!names.hasErrors()) {
            check(runbook);
        }
        return runbook;
    }

    private static boolean isEmpty(Optional<Yaml> steps) {
        return switch (steps.orElse(new Yaml.Items(List.of(), new Place("", 1, 1, "")))) {
            case Yaml.Items items -> items.items().isEmpty();
            case Yaml.Text text -> text.isBlank() || text.isNull();
            default -> false;
        };
    }

    /// The names of a map in the order written.
    static Map<String, Yaml> entries(Optional<Yaml> node) {
        var entries = new LinkedHashMap<String, Yaml>();
        if (node.isPresent() && node.get() instanceof Yaml.Entries map) {
            map.entries().forEach(entry -> entries.put(entry.name(), entry.value()));
        }
        return entries;
    }
}
