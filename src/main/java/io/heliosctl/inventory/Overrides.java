package io.heliosctl.inventory;

import io.heliosctl.document.Problems;
import io.heliosctl.document.Spelling;
import io.heliosctl.document.Yaml;
import io.heliosctl.document.Yaml.Entries;
import io.heliosctl.document.Yaml.Entry;
import io.heliosctl.document.Yaml.Text;
import io.heliosctl.inventory.Member.Section;
import io.heliosctl.model.Place;
import io.heliosctl.model.Problem;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What `--set PATH=VALUE` says. A path is written as in a cluster: `postgres.port` counts everywhere,
/// `clusters.main.postgres.port` in one cluster, `nodes.pgdb1.postgres.port` and `poolers.pgb1.pgbouncer.port`
/// on one host. The narrower wins, then the later. A value is taken as written, like a plain scalar in the
/// file.
final class Overrides {

    static final String ORIGIN = "--set";

    private static final List<String> SCOPES = List.of("nodes", "poolers", "clusters");

    private final Map<String, Entries> overlays = new HashMap<>();
    private final Map<String, Set<String>> names;
    private final Problems problems;

    /// @param names the names of clusters, nodes and poolers, by the key they stand under
    Overrides(List<String> arguments, Map<String, Set<String>> names, Problems problems) {
        this.names = names;
        this.problems = problems;
        arguments.forEach(this::add);
    }

    Entries everywhere() {
        return overlays.getOrDefault("", Layers.NONE);
    }

    Entries cluster(String name) {
        return overlays.getOrDefault("clusters." + name, Layers.NONE);
    }

    Entries node(String name) {
        return overlays.getOrDefault("nodes." + name, Layers.NONE);
    }

    Entries pooler(String name) {
        return overlays.getOrDefault("poolers." + name, Layers.NONE);
    }

    private void add(String argument) {
        int equals = argument.indexOf('=');
        if (equals < 1 || argument.substring(0, equals).matches("\\..*|.*\\.|.*\\.\\..*")) {
            problems.add(Problem.error("set-malformed", "--set takes PATH=VALUE")
                    .hint("Write it as in --set postgres.port=5433 or --set nodes.pgdb1.ssh.user=root.")
                    .at(place(argument, 0)));
            return;
        }
        var path = argument.substring(0, equals);
        var key = path.substring(0, path.indexOf('.') < 0 ? path.length() : path.indexOf('.'));
        if (!SCOPES.contains(key) || key.length() == path.length()) {
            put("", InventoryForm.SETTINGS, argument, 0, equals);
            return;
        }
        var form = switch (key) {
            case "nodes" -> InventoryForm.NODE;
            case "poolers" -> InventoryForm.POOLER;
            default -> InventoryForm.SETTINGS;
        };
        int start = key.length() + 1;
        var rest = path.substring(start);
        var known = new TreeSet<>(names.getOrDefault(key, Set.of()));
        longestPrefix(rest, known)
                .ifPresentOrElse(
                        name -> put(key + "." + name, form, argument, start + name.length() + 1, equals),
                        () -> unknown(key, rest, known, place(argument, start)));
    }

    /// Names may contain dots themselves.
    private static Optional<String> longestPrefix(String rest, Collection<String> known) {
        return known.stream().filter(name -> rest.startsWith(name + ".")).max(Comparator.comparingInt(String::length));
    }

    private void put(String scope, Section form, String argument, int start, int equals) {
        Yaml value = new Text(argument.substring(equals + 1), false, place(argument, equals + 1));
        var path = argument.substring(start, equals);
        int end = path.length();
        while (end > 0) {
            int begin = path.lastIndexOf('.', end - 1) + 1;
            var key = new Text(path.substring(begin, end), false, place(argument, start + begin));
            value = new Entries(List.of(new Entry(key, value)), key.place());
            end = begin - 1;
        }
        new FormCheck(problems, true).check(form, value, "");
        overlays.merge(scope, Layers.entries(value), Layers::over);
    }

    private void unknown(String key, String rest, Collection<String> known, Place place) {
        var typed = rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest;
        problems.add(Problem.error("unknown-name", "there is no \"" + typed + "\" under " + key)
                .detail("There: " + String.join(", ", known) + ".")
                .hint(Spelling.question(typed, known))
                .at(place));
    }

    private static Place place(String argument, int offset) {
        return new Place(ORIGIN, 1, offset + 1, argument);
    }
}
