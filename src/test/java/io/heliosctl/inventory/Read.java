package io.heliosctl.inventory;

import io.heliosctl.model.Place;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Reads inventories as a test sees them.
final class Read {

    static final Surroundings HERE = new Surroundings(Path.of("/home/jane"), Path.of("/work"), Map.of());

    private Read() {}

    static Inventory text(String text, String... sets) {
        return Inventory.read("inventory.yaml", text.getBytes(StandardCharsets.UTF_8), List.of(sets), HERE);
    }

    /// What is wrong with it; empty if nothing is.
    static String problems(byte[] content, List<String> sets) {
        try {
            Inventory.read("inventory.yaml", content, sets, HERE);
            return "";
        } catch (ProblemException e) {
            return e.problems().stream().map(Read::shown).collect(Collectors.joining("\n"));
        }
    }

    static String problems(String text, String... sets) {
        return problems(text.getBytes(StandardCharsets.UTF_8), List.of(sets));
    }

    static String shown(Problem problem) {
        var text = new StringBuilder();
        text.append(problem.place().map(Place::toString).orElse("-")).append(": ");
        text.append(problem.code()).append(": ").append(problem.message()).append('\n');
        problem.place()
                .map(Place::source)
                .ifPresent(source -> text.append("  | ").append(source.strip()).append('\n'));
        if (!problem.detail().isEmpty()) {
            text.append("  detail: ").append(problem.detail()).append('\n');
        }
        if (!problem.hint().isEmpty()) {
            text.append("  hint: ").append(problem.hint()).append('\n');
        }
        return text.toString();
    }
}
