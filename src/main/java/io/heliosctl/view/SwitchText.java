package io.heliosctl.view;

import io.heliosctl.model.Amounts;
import io.heliosctl.model.SwitchTrace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Dead-man's switches as `heliosctl status` shows them, one line each.
final class SwitchText {

    private SwitchText() {}

    /// Ends with a line feed, unless there is nothing to tell.
    static String of(List<SwitchTrace> switches, Style style) {
        return switches.stream()
                .map(trace -> style.warning(Paragraph.of(Printable.of(line(trace)), style.columns(), 2)) + "\n")
                .collect(Collectors.joining());
    }

    private static String line(SwitchTrace trace) {
        var what = trace.left()
                .map(left -> "armed, fires in %s".formatted(Amounts.millis(left.toMillis())))
                .orElseGet(() -> "fired" + trace.at().map(at -> " at " + at).orElse("") + "; "
                        + (trace.outcome().isEmpty() ? "it is at work" : outcome(trace)));
        return "Dead-man's switch of %s (run %s): %s.".formatted(trace.target(), trace.run(), what);
    }

    private static String outcome(SwitchTrace trace) {
        return trace.state() == SwitchTrace.State.FAILED ? "it failed: " + trace.outcome() : trace.outcome();
    }

    /// The same for programs.
    static Map<String, Object> json(SwitchTrace trace) {
        var json = new LinkedHashMap<String, Object>();
        json.put("target", trace.target());
        json.put("run", trace.run());
        json.put("state", trace.state().word());
        json.put("fires_in_ms", trace.left().map(left -> left.toMillis()).orElse(null));
        json.put("at", trace.at().map(Object::toString).orElse(null));
        json.put("mode", trace.mode());
        json.put("outcome", trace.outcome());
        return json;
    }
}
