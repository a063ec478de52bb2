package io.heliosctl.step;

import io.heliosctl.control.Scene;
import io.heliosctl.document.TemplateSource;
import io.heliosctl.document.Templates;
import java.util.HashMap;
import java.util.Map;

/// A text of a runbook, with its `{{ }}` filled in right before it is used.
///
/// @param known what it may name beside values kept by earlier steps
/// @param late it names such a value
public record Wording(TemplateSource source, Map<String, Object> known, boolean late) {

    /// The text now.
    ///
    /// @throws io.heliosctl.model.InvalidDocumentException if it names something that is not there
    public String in(Scene scene) {
        if (late && scene.isPretended()) {
            return source.text();
        }
        var context = new HashMap<>(known);
        context.putAll(scene.values());
        return Templates.render(source, context);
    }

    /// The text for people, on one line: with what is not known yet as it was written.
    public String shown() {
        var text = late ? source.text() : Templates.render(source, known);
        return text.strip().replaceAll("\\s+", " ");
    }
}
