package io.heliosctl.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/// JSON made of maps, lists, strings, numbers and booleans. Keys keep the order of the map.
public final class Json {

    private static final ObjectMapper COMPACT = JsonMapper.builder().build();
    private static final ObjectMapper INDENTED =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    /// One line, without its end.
    public static String line(Object value) {
        return write(COMPACT, value);
    }

    /// Indented, for people and pipes; ends with a line feed.
    public static String document(Object value) {
        return write(INDENTED, value) + "\n";
    }

    private static String write(ObjectMapper mapper, Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not made of plain values", e);
        }
    }
}
