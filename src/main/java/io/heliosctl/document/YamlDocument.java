package io.heliosctl.document;

import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;

/// YAML made of maps, lists, strings, numbers and booleans.
public final class YamlDocument {

    private YamlDocument() {}

    /// The document in block style; ends with a line feed.
    public static String of(Map<String, Object> values) {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        return new org.yaml.snakeyaml.Yaml(options).dump(values);
    }
}
