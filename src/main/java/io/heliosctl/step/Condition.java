package io.heliosctl.step;

import io.heliosctl.control.Scene;
import io.heliosctl.document.Templates;
import io.heliosctl.model.Place;
import java.util.HashMap;
import java.util.Map;

/// A bare expression that is asked right before or after a step.
///
/// @param known what it may name beside values kept by earlier steps
public record Condition(String expression, Place place, Map<String, Object> known) {

    /// Whether it holds now.
    ///
    /// @throws io.heliosctl.model.InvalidDocumentException if it names something that is not there
    boolean holds(Scene scene) {
        return holds(scene, Map.of());
    }

    /// Whether it holds for a result.
    boolean holds(Scene scene, Map<String, Object> more) {
        if (scene.isPretended()) {
            return true;
        }
        var context = new HashMap<>(known);
        context.putAll(scene.values());
        context.putAll(more);
        return Templates.condition(expression, place, context);
    }
}
