package io.heliosctl.runbook;

import io.heliosctl.document.Problems;
import io.heliosctl.document.Spelling;
import io.heliosctl.document.Yaml;
import io.heliosctl.document.YamlFields;
import io.heliosctl.document.YamlText;
import io.heliosctl.model.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the `cast` of a runbook.
final class RoleReader {

    private static final Map<String, Role> ROLES = Map.of(
            "primary", new Role.Primary(),
            "lost_primary", new Role.LostPrimary(),
            "answering_poolers", new Role.AnsweringPoolers(),
            "silent_poolers", new Role.SilentPoolers(),
            "candidate", new Role.Candidate(),
            "other_standbys", new Role.OtherStandbys(),
            "standbys", new Role.Standbys(),
            "nodes", new Role.Nodes(),
            "poolers", new Role.Poolers());

    static final List<String> NAMES = ROLES.keySet().stream().sorted().toList();

    private final Problems problems;
    private final Map<String, Parameter> parameters;

    RoleReader(Problems problems, Map<String, Parameter> parameters) {
        this.problems = problems;
        this.parameters = parameters;
    }

    Map<String, Role> read(Optional<Yaml> node) {
        var roles = new LinkedHashMap<String, Role>();
        node.filter(written -> !(written instanceof Yaml.Entries))
                .ifPresent(written -> new YamlFields(written, "cast", problems));
        RunbookReader.entries(node)
                .forEach((name, value) -> YamlText.line()
                        .read(value, "cast." + name, problems)
                        .flatMap(text -> role(name, text, value))
                        .ifPresent(role -> roles.put(name, role)));
        return roles;
    }

    private Optional<Role> role(String name, String text, Yaml node) {
        if (text.startsWith("params.") && isNode(text.substring("params.".length()))) {
            return Optional.of(new Role.Parameter(text.substring("params.".length())));
        }
        var role = Optional.ofNullable(ROLES.get(text));
        if (role.isEmpty()) {
            problems.add(Problem.error("unknown-role", "cast.%s cannot be bound to \"%s\"".formatted(name, text))
                    .detail("Known: " + String.join(", ", known()) + ".")
                    .hint(hint(text))
                    .at(node.place()));
        }
        return role;
    }

    private String hint(String text) {
        if (text.startsWith("params.")) {
            return "A role can be bound to a parameter of type node.";
        }
        var question = Spelling.question(text, known());
        return question.isEmpty() ? "Write one of these; names of nodes come from the cluster." : question;
    }

    private boolean isNode(String parameter) {
        return parameters.containsKey(parameter) && parameters.get(parameter).type() == Parameter.Type.NODE;
    }

    private List<String> known() {
        var known = new ArrayList<>(NAMES);
        parameters.keySet().stream()
                .filter(this::isNode)
                .map(name -> "params." + name)
                .forEach(known::add);
        return known;
    }
}
