package io.heliosctl.run;

import io.heliosctl.document.Json;
import io.heliosctl.model.Bytes;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// One line of a journal that can be understood.
///
/// @param number counted from 1
/// @param event what it tells: the `ev` of the line
record JournalLine(int number, Instant time, String event, Map<String, Object> fields) {

    /// The line made of these bytes; empty if it is not one of a journal.
    static Optional<JournalLine> parse(int number, Bytes bytes) {
        return Json.object(bytes.text()).flatMap(fields -> parse(number, fields));
    }

    private static Optional<JournalLine> parse(int number, Map<String, Object> fields) {
        if (fields.get("t") instanceof String time && fields.get("ev") instanceof String event) {
            try {
                return Optional.of(new JournalLine(number, Instant.parse(time), event, fields));
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    boolean has(String name) {
        return fields.get(name) != null;
    }

    boolean isTrue(String name) {
        return Boolean.TRUE.equals(fields.get(name));
    }

    /// The text of that name; `""` if there is none.
    String text(String name) {
        return text(fields, name);
    }

    static String text(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof String text ? text : "";
    }

    /// The whole number of that name; 0 if there is none.
    long number(String name) {
        return fields.get(name) instanceof Long number ? number : 0;
    }

    /// The texts of a list; none if there is no such list.
    List<String> texts(String name) {
        return texts(fields.get(name));
    }

    /// The maps of a list; none if there is no such list.
    List<Map<?, ?>> maps(String name) {
        return fields.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(Map.class::isInstance)
                        .<Map<?, ?>>map(each -> (Map<?, ?>) each)
                        .toList()
                : List.of();
    }

    /// The map of that name, keys in the order written, without what is null; empty if there is none.
    Map<String, Object> map(String name) {
        var map = new LinkedHashMap<String, Object>();
        if (fields.get(name) instanceof Map<?, ?> found) {
            found.forEach((key, value) -> {
                if (value != null) {
                    map.put(String.valueOf(key), value);
                }
            });
        }
        return map;
    }

    /// The same, with lists of texts as values.
    Map<String, List<String>> lists(String name) {
        return map(name).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> texts(entry.getValue()), (one, other) -> one, LinkedHashMap::new));
    }

    private static List<String> texts(Object value) {
        return value instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }
}
