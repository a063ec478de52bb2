package io.heliosctl.view;

import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.Topology;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who streams from whom and where each pooler leads, before and after.
final class Trees {

    private static final String GAP = "    ";
    private static final int LEAST = 28;

    private Trees() {}

    /// Both beside each other where there is room, else one below the other; ends with a line feed.
    static String of(Topology before, Topology after, Style style) {
        var left = lines(before);
        var right = lines(after);
        var width = Math.max(LEAST, left.stream().mapToInt(String::length).max().orElse(0) + 2);
        var beside = width
                        + GAP.length()
                        + right.stream().mapToInt(String::length).max().orElse(0)
                        + 2
                <= style.columns();
        return beside ? beside(left, right, width, style) : below("Before", left, style) + below("After", right, style);
    }

    private static String beside(List<String> left, List<String> right, int width, Style style) {
        var text = new StringBuilder(style.bold("Before"))
                .append(" ".repeat(width - "Before".length()))
                .append(GAP)
                .append(style.bold("After"))
                .append('\n');
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            var one = i < left.size() ? "  " + left.get(i) : "";
            var other = i < right.size() ? "  " + right.get(i) : "";
            text.append((one + " ".repeat(width - one.length()) + GAP + other).stripTrailing())
                    .append('\n');
        }
        return text.toString();
    }

    private static String below(String title, List<String> lines, Style style) {
        var text = new StringBuilder(style.bold(title)).append('\n');
        lines.forEach(line -> text.append("  ").append(line).append('\n'));
        return text.toString();
    }

    private static List<String> lines(Topology topology) {
        var lines = new ArrayList<String>();
        var drawn = new HashSet<NodeName>();
        var names = topology.cluster().nodes().stream().map(node -> node.name()).toList();
        topology.primaries().forEach(primary -> draw(topology, primary, "", lines, drawn));
        names.stream().filter(name -> !drawn.contains(name)).forEach(name -> draw(topology, name, "", lines, drawn));
        topology.cluster()
                .poolers()
                .forEach(pooler -> lines.add(pooler.name() + " -> " + leads(topology, pooler.name())));
        return lines.stream().map(Printable::of).toList();
    }

    /// A server and those that stream from it; a circle is drawn once.
    private static void draw(Topology topology, NodeName name, String indent, List<String> lines, Set<NodeName> drawn) {
        if (!drawn.add(name)) {
            return;
        }
        lines.add(indent + name + "  " + role(topology.state(name)));
        topology.cluster().nodes().stream()
                .map(node -> node.name())
                .filter(other -> topology.upstream(other).equals(Optional.of(name)))
                .forEach(other -> draw(topology, other, indent.replace("+- ", "   ") + "+- ", lines, drawn));
    }

    private static String role(NodeState state) {
        return switch (state) {
            case NodeState.Primary primary ->
                "primary, timeline " + primary.identity().timeline();
            case NodeState.Standby standby when standby.isStreaming() -> "standby";
            case NodeState.Standby standby -> "standby, not streaming";
            case NodeState.Stopped stopped -> "stopped";
            case NodeState.Unreachable unreachable -> "unreachable";
        };
    }

    private static String leads(Topology topology, PoolerName pooler) {
        if (!(topology.state(pooler) instanceof PoolerState.Answering answering)) {
            return "unreachable";
        }
        return topology.target(pooler).map(NodeName::value).orElse("elsewhere")
                + (answering.isPaused() ? ", paused" : "");
    }
}
