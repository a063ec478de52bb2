package io.heliosctl.inventory;

import io.heliosctl.document.Yaml;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Lists every value of a cluster.
final class EffectiveSettings {

    private EffectiveSettings() {}

    static List<EffectiveSetting> of(ClusterTree cluster) {
        var name = cluster.name().value();
        return Stream.of(
                        flat(name, "", cluster.settings()),
                        cluster.nodes().stream()
                                .flatMap(node ->
                                        flat(name, "nodes." + node.name().value(), node.tree())),
                        cluster.poolers().stream()
                                .flatMap(pooler ->
                                        flat(name, "poolers." + pooler.name().value(), pooler.tree())))
                .flatMap(settings -> settings)
                .toList();
    }

    private static Stream<EffectiveSetting> flat(String cluster, String path, Yaml value) {
        return switch (value) {
            case Yaml.Entries entries ->
                entries.entries().stream()
                        .flatMap(entry -> flat(
                                cluster, path.isEmpty() ? entry.name() : path + "." + entry.name(), entry.value()));
            case Yaml.Items items
            when items.items().stream().allMatch(Yaml.Text.class::isInstance) ->
                Stream.of(new EffectiveSetting(cluster, path, words(items), Origin.of(items.place())));
            case Yaml.Items items ->
                IntStream.range(0, items.items().size())
                        .boxed()
                        .flatMap(index -> flat(
                                cluster,
                                path + "[" + (index + 1) + "]",
                                items.items().get(index)));
            case Yaml.Text text ->
                Stream.of(new EffectiveSetting(cluster, path, text.value(), Origin.of(text.place())));
            case Yaml.Unread unread -> Stream.of();
        };
    }

    private static String words(Yaml.Items items) {
        return items.items().stream()
                .map(item -> ((Yaml.Text) item).value())
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
