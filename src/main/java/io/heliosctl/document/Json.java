package io.heliosctl.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.Optional;

/// JSON made of maps, lists, strings, numbers and booleans. Keys keep the order of the map.
public final class Json {

    private static final ObjectMapper COMPACT = JsonMapper.builder().build();
    private static final ObjectMapper INDENTED =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    /// One line, without its end.
    public static String line(Object value) {
        return write(COMPACT, value);
    }

    /// Indented, for people and pipes; ends with a line feed.
    public static String document(Object value) {
        return write(INDENTED, value) + "\n";
    }

    /// The object that a text is; empty if it is not one JSON object and nothing else.
    public static Optional<Map<String, Object>> map(String text) {
        try {
            return Optional.ofNullable(STRICT.readValue(text, new TypeReference<Map<String, Object>>() {}));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static String write(ObjectMapper mapper, Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not made of plain values", e);
        }
    }
}
