package io.heliosctl.inventory;

import io.heliosctl.document.YamlAny;
import io.heliosctl.document.YamlBytes;
import io.heliosctl.document.YamlChoice;
import io.heliosctl.document.YamlDuration;
import io.heliosctl.document.YamlFlag;
import io.heliosctl.document.YamlList;
import io.heliosctl.document.YamlMap;
import io.heliosctl.document.YamlNode;
import io.heliosctl.document.YamlText;
import io.heliosctl.document.YamlType;
import io.heliosctl.document.YamlWhole;
import io.heliosctl.inventory.Member.Listed;
import io.heliosctl.inventory.Member.Named;
import io.heliosctl.inventory.Member.Refused;
import io.heliosctl.inventory.Member.Section;
import io.heliosctl.inventory.Member.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The JSON schema (draft-07) that says the same as the form the reader uses. Editors read YAML's own types, so
/// text that may look like a number or a truth value is allowed to be one.
final class InventorySchema {

    private static final List<String> ORDER = List.of(
            "$schema",
            "title",
            "description",
            "const",
            "type",
            "enum",
            "minimum",
            "maximum",
            "pattern",
            "default",
            "required",
            "minProperties",
            "maxProperties",
            "propertyNames",
            "items",
            "properties",
            "additionalProperties",
            "definitions");

    /// What occurs at several levels.
    private static final List<Section> SHARED =
            List.of(InventoryForm.SSH, InventoryForm.POSTGRES, InventoryForm.PGBOUNCER);

    private InventorySchema() {}

    static Map<String, Object> document() {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("title", "heliosctl inventory");
        schema.putAll(section(InventoryForm.DOCUMENT));
        var definitions = new LinkedHashMap<String, Object>();
        SHARED.forEach(shared -> definitions.put(shared.name(), definition(shared)));
        schema.put("definitions", definitions);
        return ordered(schema);
    }

    private static Map<String, Object> section(Section section) {
        var properties = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        for (var member : section.members()) {
            if (member instanceof Refused) {
                continue;
            }
            properties.put(member.name(), described(member));
            if (member.required()) {
                required.add(member.name());
            }
        }
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", required.isEmpty() ? List.of("object", "null") : "object");
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        if (section.equals(SecretKeys.SECRET)) {
            schema.put("minProperties", 1);
            schema.put("maxProperties", 1);
        }
        schema.put("additionalProperties", false);
        schema.put("properties", properties);
        return schema;
    }

    private static Map<String, Object> definition(Section section) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("description", section.help());
        schema.putAll(section(section));
        return schema;
    }

    private static Map<String, Object> described(Member member) {
        if (member instanceof Section section && SHARED.contains(section)) {
            return Map.of("$ref", "#/definitions/" + section.name());
        }
        var schema = new LinkedHashMap<String, Object>();
        schema.put("description", member.help());
        schema.putAll(
                switch (member) {
                    case Setting<?> setting -> setting(setting);
                    case Section section -> section(section);
                    case Named named -> map(named.key(), section(named.each()));
                    case Listed listed -> Map.of("type", List.of("array", "null"), "items", section(listed.each()));
                    case Refused refused -> throw new IllegalArgumentException(refused.name());
                });
        return schema;
    }

    private static Map<String, Object> setting(Setting<?> setting) {
        var schema = new LinkedHashMap<>(type(setting.type()));
        if (setting.name().equals("version")) {
            return Map.of("const", 1);
        }
        setting.builtIn().ifPresent(written -> schema.put("default", plain(setting.type(), written)));
        if (setting.nullable()) {
            var types = new ArrayList<Object>(
                    schema.get("type") instanceof List<?> list ? list : List.of(schema.get("type")));
            types.add("null");
            schema.put("type", types);
        }
        return schema;
    }

    private static Object plain(YamlType<?> type, String written) {
        return type instanceof YamlWhole ? (Object) Integer.valueOf(written) : written;
    }

    private static Map<String, Object> type(YamlType<?> type) {
        return switch (type) {
            case YamlText text -> text(text);
            case YamlWhole whole -> Map.of("type", "integer", "minimum", whole.least(), "maximum", whole.most());
            case YamlFlag flag -> Map.of("type", "boolean");
            case YamlDuration duration -> Map.of("type", "string", "pattern", "^(0|[1-9][0-9]{0,8})(ms|s|m|h)$");
            case YamlBytes bytes -> Map.of("type", List.of("string", "integer"), "pattern", "^[0-9]+(B|kB|MB|GB|TB)?$");
            case YamlChoice<?> choice -> Map.of("type", "string", "enum", choice.order());
            case YamlList<?> list -> Map.of("type", List.of("array", "null"), "items", type(list.item()));
            case YamlMap<?> map -> map(map.key(), type(map.item()));
            case YamlAny any -> Map.of();
            case YamlNode node -> Map.of();
        };
    }

    private static Map<String, Object> map(YamlText key, Map<String, Object> each) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", List.of("object", "null"));
        schema.put("propertyNames", Map.of("pattern", whole(key)));
        schema.put("additionalProperties", each);
        return schema;
    }

    private static Map<String, Object> text(YamlText text) {
        var types = new ArrayList<String>(List.of("string"));
        if (text.allowed().matcher("1").matches()) {
            types.add("number");
        }
        if (text.allowed().matcher("true").matches()) {
            types.add("boolean");
        }
        return Map.of("type", types.size() == 1 ? "string" : types, "pattern", whole(text));
    }

    private static String whole(YamlText text) {
        return "^(?:" + text.allowed().pattern() + ")$";
    }

    /// The order a reader of the schema expects, whatever order it was put together in.
    private static Map<String, Object> ordered(Map<String, Object> schema) {
        var sorted = new LinkedHashMap<String, Object>();
        ORDER.stream().filter(schema::containsKey).forEach(key -> sorted.put(key, inside(key, schema.get(key))));
        schema.forEach((key, value) -> sorted.putIfAbsent(key, inside(key, value)));
        return sorted;
    }

    @SuppressWarnings("unchecked") // every map here is one that this class made
    private static Object inside(String key, Object value) {
        if (!(value instanceof Map<?, ?>)) {
            return value;
        }
        var map = (Map<String, Object>) value;
        if (!key.equals("properties") && !key.equals("definitions")) {
            return ordered(map);
        }
        var properties = new LinkedHashMap<String, Object>();
        map.forEach((name, property) -> properties.put(name, ordered((Map<String, Object>) property)));
        return properties;
    }
}
