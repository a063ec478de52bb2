package io.heliosctl.runbook;

import io.heliosctl.document.Problems;
import io.heliosctl.document.Spelling;
import io.heliosctl.document.Yaml;
import io.heliosctl.document.YamlFields;
import io.heliosctl.document.YamlFlag;
import io.heliosctl.document.YamlText;
import io.heliosctl.model.Cast;
import io.heliosctl.model.InvalidDocumentException;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.Place;
import io.heliosctl.model.Problem;
import io.heliosctl.step.Probe;
import io.heliosctl.step.Wording;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads what a verb is given in a runbook, strictly, by the keys the verb declares.
final class VerbArguments {

    private final Runbook runbook;
    private final Cast cast;
    private final Scope scope;
    private final Optional<String> fixed;
    private final Verb verb;
    private final Yaml node;
    private final Problems problems = new Problems();
    private final YamlFields fields;

    private VerbArguments(Runbook runbook, Cast cast, Scope scope, Optional<String> fixed, Verb verb, Yaml node) {
        this.runbook = runbook;
        this.cast = cast;
        this.scope = scope;
        this.fixed = fixed;
        this.verb = verb;
        this.node = node;
        this.fields = new YamlFields(node, verb.name(), problems);
    }

    /// Reads the map behind the verb of a step, and what stands beside it.
    ///
    /// @param fixed the one target, if it is given already
    /// @throws InvalidDocumentException with everything that is wrong with it
    static Given read(Runbook runbook, Cast cast, Scope scope, Optional<String> fixed, RunbookStep step) {
        var verb = Verbs.find(step.verb()).orElseThrow();
        return new VerbArguments(runbook, cast, scope, fixed, verb, step.arguments()).given(step);
    }

    private Given given(RunbookStep step) {
        var values = new HashMap<String, Object>();
        for (var key : verb.keys()) {
            collected(() -> value(key)).ifPresent(value -> values.put(key.name(), value));
        }
        fields.finish();
        requireOneOf();
        if (values.containsKey(VerbKeys.AS.name()) && values.containsKey(VerbKeys.SCRIPT.name())) {
            problems.add(Problem.error("script-as", "a script runs as the login user only")
                    .detail("What sudo allows is a program with exactly its arguments, never a shell.")
                    .hint("Put the script on the hosts and \"run\" it, or delete \"as\".")
                    .at(placeOf(VerbKeys.AS)));
        }
        problems.throwIfErrors();
        var terms = new TermsReader(runbook, cast, scope, verb, step);
        return new Given(values, terms::on);
    }

    /// Goes on after a problem, so that all are reported at once.
    private <T> Optional<T> collected(Supplier<Optional<T>> read) {
        try {
            return read.get();
        } catch (InvalidDocumentException e) {
            e.problems().forEach(problems::add);
            return Optional.empty();
        }
    }

    private void requireOneOf() {
        if (verb.oneOf().isEmpty() || !(node instanceof Yaml.Entries)) {
            return;
        }
        var written = verb.oneOf().stream().filter(fields.keys()::contains).toList();
        if (written.size() != 1) {
            problems.add(Problem.error(
                            "one-of",
                            "%s needs exactly one of %s".formatted(verb.name(), String.join(" and ", verb.oneOf())))
                    .detail(written.isEmpty() ? "It has none." : "It has both.")
                    .hint(written.isEmpty() ? "Add one of them." : "Delete one of them.")
                    .at(node.place()));
        }
    }

    private Optional<Object> value(VerbKey<?> key) {
        return switch (key) {
            case VerbKey.Nodes nodes ->
                fixed.isPresent()
                        ? fixedNode(key)
                        : role(nodes).map(cast::nodesOf).map(Object.class::cast);
            case VerbKey.Poolers poolers -> role(poolers).map(cast::poolersOf).map(Object.class::cast);
            case VerbKey.Hosts hosts -> fixed.isPresent() ? fixed.map(List::of).map(Object.class::cast) : hosts(hosts);
            case VerbKey.OneNode one -> oneNode(one).map(Object.class::cast);
            case VerbKey.Value<?> value -> plain(value).map(Object.class::cast);
            case VerbKey.Text text -> text(text).map(Object.class::cast);
            case VerbKey.Words words -> words(words).map(Object.class::cast);
            case VerbKey.Question question -> question(question).map(Object.class::cast);
        };
    }

    private Optional<Object> fixedNode(VerbKey<?> key) {
        var name = fixed.orElseThrow();
        if (cast.nodes().values().stream()
                .flatMap(List::stream)
                .anyMatch(node -> node.value().equals(name))) {
            return Optional.of(List.of(new NodeName(name)));
        }
        problems.add(Problem.error(
                        "wrong-kind",
                        "%s works on nodes, and the step's %s is a pooler".formatted(verb.name(), key.name()))
                .hint("Take it back with \"command\".")
                .at(node.place()));
        return Optional.empty();
    }

    private Optional<Object> hosts(VerbKey.Hosts key) {
        if (!key.required() && !fields.keys().contains(key.name())) {
            fields.know(List.of(key.name()));
            return Optional.empty();
        }
        return role(key)
                .map(role -> Stream.concat(cast.nodesOf(role).stream(), cast.poolersOf(role).stream())
                        .map(Object::toString)
                        .toList());
    }

    /// What is written under a key; a key that is required and missing is a problem.
    private Optional<Yaml> written(VerbKey<?> key) {
        var written = fields.node(key.name());
        var blank = node instanceof Yaml.Text text && text.isBlank();
        if (written.isEmpty() && key.required() && (blank || node instanceof Yaml.Entries)) {
            problems.add(Problem.error("missing-key", "%s has no %s".formatted(verb.name(), key.name()))
                    .detail(key.help())
                    .hint("Add \"%s\", as in: %s".formatted(key.name(), example()))
                    .at(node.place()));
        }
        return written;
    }

    /// The verb with every key that has to be written.
    private String example() {
        return verb.keys().stream()
                .filter(VerbKey::required)
                .map(key -> key.name() + ": …")
                .collect(Collectors.joining(", ", verb.name() + ": { ", " }"));
    }

    private Optional<VerbKey.Draft<Wording>> text(VerbKey.Text key) {
        var texts = new Texts(scope, problems);
        return written(key)
                .flatMap(text -> texts.text(text, verb.name() + "." + key.name(), key.filters()))
                .map(text -> target -> scope.wording(text, target));
    }

    private Optional<VerbKey.Draft<List<Wording>>> words(VerbKey.Words key) {
        return fields.node(key.name())
                .flatMap(list -> new Texts(scope, problems).words(list, verb.name() + "." + key.name()))
                .map(words -> target ->
                        words.stream().map(word -> scope.wording(word, target)).toList());
    }

    private Optional<VerbKey.Draft<Probe>> question(VerbKey.Question key) {
        var written = fields.node(key.name());
        if (written.isPresent() && !fields.keys().contains("target")) {
            problems.add(Problem.error("missing-key", "%s has no target".formatted(verb.name()))
                    .hint("Add \"target\": the role that is asked.")
                    .at(node.place()));
            return Optional.empty();
        }
        return written.flatMap(
                map -> new QuestionReader(cast, scope, problems).read(map, verb.name() + "." + key.name()));
    }

    private <T> Optional<T> plain(VerbKey.Value<T> key) {
        var written = fields.node(key.name())
                .map(value -> key.type() instanceof YamlFlag ? truth(value) : scope.rendered(value))
                .flatMap(value -> key.type().read(value, verb.name() + "." + key.name(), problems));
        return written.or(() -> key.builtIn()
                .filter(text -> fields.node(key.name()).isEmpty())
                .flatMap(text -> key.type().read(new Yaml.Text(text, false, node.place()), key.name(), problems)));
    }

    /// A template writes a truth value as Python does: `True`.
    private Yaml truth(Yaml written) {
        var rendered = scope.rendered(written);
        return !rendered.equals(written)
                        && rendered instanceof Yaml.Text text
                        && (text.value().equals("True") || text.value().equals("False"))
                ? new Yaml.Text(text.value().toLowerCase(Locale.ROOT), false, text.place())
                : rendered;
    }

    private Optional<NodeName> oneNode(VerbKey.OneNode key) {
        if (key.otherwise().isEmpty() || fields.keys().contains(key.name())) {
            return role(key).flatMap(role -> single(key, role));
        }
        fields.know(List.of(key.name()));
        var found = runbook.cast().entrySet().stream()
                .filter(entry -> key.otherwise().get().isInstance(entry.getValue()))
                .flatMap(entry -> cast.nodesOf(entry.getKey()).stream())
                .findFirst();
        if (found.isEmpty() && key.needed()) {
            problems.add(Problem.error("missing-key", verb.name() + " has no " + key.name())
                    .detail(key.help())
                    .hint("Add \"%s\", or a role bound to the primary to \"cast\".".formatted(key.name()))
                    .at(node.place()));
        }
        return found;
    }

    private Optional<NodeName> single(VerbKey.OneNode key, String role) {
        var names = cast.nodesOf(role);
        if (runbook.cast().get(role).isOne() && names.size() == 1) {
            return Optional.of(names.getFirst());
        }
        problems.add(Problem.error("not-one", "%s.%s must be one node".formatted(verb.name(), key.name()))
                .detail("\"%s\" may be none or several.".formatted(role))
                .hint(roles("Roles of one node here", oneNodeRoles()))
                .at(placeOf(key)));
        return Optional.empty();
    }

    private List<String> oneNodeRoles() {
        return cast.nodes().keySet().stream()
                .filter(role -> runbook.cast().get(role).isOne())
                .toList();
    }

    /// The role under a key, if it is of the right kind.
    private Optional<String> role(VerbKey<?> key) {
        var poolers = key instanceof VerbKey.Poolers;
        var fitting = fitting(key);
        var others = poolers ? cast.nodes().keySet() : cast.poolers().keySet();
        var written = written(key)
                .map(scope::rendered)
                .flatMap(value -> roleName(fitting, poolers).read(value, verb.name() + "." + key.name(), problems));
        if (written.isEmpty() || fitting.contains(written.get())) {
            return written;
        }
        var name = written.get();
        if (others.contains(name)) {
            problems.add(Problem.error(
                            "wrong-kind",
                            "%s.%s must be %s, and \"%s\" is not"
                                    .formatted(verb.name(), key.name(), poolers ? "poolers" : "nodes", name))
                    .hint(roles("Roles of " + (poolers ? "poolers" : "nodes") + " here", fitting))
                    .at(placeOf(key)));
        } else {
            problems.add(notCast(name, fitting, placeOf(key)));
        }
        return Optional.empty();
    }

    private Collection<String> fitting(VerbKey<?> key) {
        return switch (key) {
            case VerbKey.Poolers poolers -> cast.poolers().keySet();
            case VerbKey.Hosts hosts -> runbook.cast().keySet();
            default -> cast.nodes().keySet();
        };
    }

    private Problem notCast(String name, Collection<String> fitting, Place place) {
        var question = Spelling.question(name, fitting);
        var known = runbook.cast().keySet();
        return Problem.error("not-cast", "nobody is cast as \"%s\"".formatted(name))
                .detail(known.isEmpty() ? "Nobody is cast." : "Cast: " + String.join(", ", known) + ".")
                .hint(
                        question.isEmpty()
                                ? "Add \"%s\" to \"cast\", with whom it is bound to.".formatted(name)
                                : question)
                .at(place);
    }

    private static YamlText roleName(Collection<String> fitting, boolean poolers) {
        var rule = "a role of " + (poolers ? "poolers" : "nodes");
        return new YamlText(rule, "\\P{Cc}+").hint(roles("Roles that fit", fitting));
    }

    private static String roles(String what, Collection<String> fitting) {
        return fitting.isEmpty() ? "Add one to \"cast\"." : what + ": " + String.join(", ", fitting) + ".";
    }

    private Place placeOf(VerbKey<?> key) {
        return ((Yaml.Entries) node).find(key.name()).orElse(node).place();
    }
}
