package io.heliosctl.document;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// `base.name`, `base[index]` and `base[from:to]`.
final class JinjaMembers {

    private JinjaMembers() {}

    /// @param path how the template wrote it, such as `node.port`, or empty
    static Object attribute(Object base, String name, String path) {
        StrictUndefined.refuse(base);
        String shown = path.isEmpty() ? name : path;
        return switch (base) {
            case Map<?, ?> map when map.containsKey(name) -> map.get(name);
            case Map<?, ?> map -> undefined(shown, name, keys(map));
            case JinjaLoop loop -> loop.attribute(name);
            case JinjaGroup group -> group.attribute(name);
            case List<?> list when name.matches("[0-9]+") -> element(list, Long.valueOf(name));
            case null ->
                throw JinjaFault.of(
                                "template-undefined", "\"" + shown + "\" is undefined: null has no \"" + name + "\"")
                        .about(name);
            default -> undefined(shown, name, List.of());
        };
    }

    static Object item(Object base, Object index) {
        StrictUndefined.refuse(base);
        StrictUndefined.refuse(index);
        return switch (base) {
            case Map<?, ?> map when map.containsKey(index) -> map.get(index);
            case Map<?, ?> map -> undefined(JinjaText.of(index), JinjaText.of(index), keys(map));
            case List<?> list when index instanceof Long number -> element(list, number);
            case String text when index instanceof Long number -> element(characters(text), number);
            case null, default ->
                throw JinjaFault.type("cannot take [" + JinjaText.written(index) + "] of " + JinjaText.kind(base));
        };
    }

    static Object slice(Object base, Object from, Object to) {
        StrictUndefined.refuse(base);
        return switch (base) {
            case String text -> text.substring(bound(from, 0, text.length()), end(from, to, text.length()));
            case List<?> list -> new ArrayList<>(list.subList(bound(from, 0, list.size()), end(from, to, list.size())));
            case null, default -> throw JinjaFault.type("cannot take a slice of " + JinjaText.kind(base));
        };
    }

    static List<String> characters(String text) {
        return text.codePoints().mapToObj(Character::toString).toList();
    }

    private static Object element(List<?> list, Long index) {
        long at = index < 0 ? index + list.size() : index;
        return at >= 0 && at < list.size()
                ? list.get((int) at)
                : new StrictUndefined(
                        "index " + index + " is out of range: the list has " + list.size() + " elements",
                        index.toString(),
                        List.of());
    }

    private static int bound(Object index, int fallback, int length) {
        StrictUndefined.refuse(index);
        return switch (index) {
            case null -> fallback;
            case Long number -> Math.clamp(number < 0 ? number + length : number, 0, length);
            default -> throw JinjaFault.type("a slice needs whole numbers, not " + JinjaText.kind(index));
        };
    }

    private static int end(Object from, Object to, int length) {
        return Math.max(bound(from, 0, length), bound(to, length, length));
    }

    private static StrictUndefined undefined(String shown, String word, Collection<String> known) {
        return new StrictUndefined("\"" + shown + "\" is undefined", word, known);
    }

    private static List<String> keys(Map<?, ?> map) {
        return map.keySet().stream().map(JinjaText::of).toList();
    }
}
