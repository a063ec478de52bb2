package io.heliosctl.run;

import java.util.LinkedHashMap;
import java.util.Map;

/// What somebody was asked before or while a run changed something.
///
/// @param answer as typed; what is neither yes nor no nor the name asked for is not kept, since people type
///     passwords into the wrong place
/// @param by whose word it is: the user at the terminal, or the option given instead
public record Answer(String question, String answer, String by) {

    /// As the journal keeps it.
    public Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("question", question);
        fields.put("answer", answer);
        fields.put("by", by);
        return fields;
    }
}
