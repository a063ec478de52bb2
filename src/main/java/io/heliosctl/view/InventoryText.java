package io.heliosctl.view;

import io.heliosctl.inventory.EffectiveSetting;
import io.heliosctl.model.Cluster;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The inventory as heliosctl understands it.
public final class InventoryText {

    private InventoryText() {}

    /// One line for each cluster.
    public static String summary(String file, List<Cluster> clusters) {
        return clusters.stream()
                .map(cluster -> "%s: cluster %s (%s): %d nodes, %d poolers, %d databases\n"
                        .formatted(
                                Printable.of(file),
                                cluster.name(),
                                cluster.environment(),
                                cluster.nodes().size(),
                                cluster.poolers().size(),
                                cluster.databases().size()))
                .collect(Collectors.joining());
    }

    /// One line for each value.
    ///
    /// @param origin whether to say where it comes from
    public static String settings(List<EffectiveSetting> settings, boolean origin) {
        return settings.stream().map(setting -> line(setting, origin)).collect(Collectors.joining());
    }

    private static String line(EffectiveSetting setting, boolean origin) {
        var text = "%s.%s = %s".formatted(setting.cluster(), setting.path(), Printable.of(setting.value()));
        return origin ? "%-68s  # %s\n".formatted(text, setting.origin()) : text + "\n";
    }

    /// The same as plain values.
    public static Map<String, Object> json(List<EffectiveSetting> settings) {
        var json = new LinkedHashMap<String, Object>();
        json.put("schema", "heliosctl.settings.v1");
        json.put(
                "settings",
                settings.stream()
                        .map(setting -> {
                            var each = new LinkedHashMap<String, Object>();
                            each.put("cluster", setting.cluster());
                            each.put("path", setting.path());
                            each.put("value", setting.value());
                            each.put("origin", setting.origin().toString());
                            return each;
                        })
                        .toList());
        return json;
    }
}
