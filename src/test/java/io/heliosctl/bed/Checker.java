package io.heliosctl.bed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What must be true of the bed after every case, whatever was done to it, asked over connections of its own:
/// one primary, the others streaming from it on its timeline, every acknowledged row there once, every pooler
/// leading to the primary and letting clients write.
///
/// @param expected the node that must be the primary; absent means any
/// @param without the nodes a case has left stopped or broken; they must not be a second primary
/// @param reports what the writers saw
public record Checker(HostsBed bed, Optional<String> expected, Set<String> without, List<WriterReport> reports) {

    private static final Duration LIMIT = Duration.ofSeconds(15);

    public static Checker of(HostsBed bed) {
        return new Checker(bed, Optional.empty(), Set.of(), List.of());
    }

    public Checker primaryIs(String node) {
        return new Checker(bed, Optional.of(node), without, reports);
    }

    public Checker without(String... nodes) {
        return new Checker(bed, expected, Set.of(nodes), reports);
    }

    public Checker after(WriterReport report) {
        return new Checker(
                bed,
                expected,
                without,
                Stream.concat(reports.stream(), Stream.of(report)).toList());
    }

    /// Holds within 15 seconds, in which standbys may still be catching up.
    ///
    /// @throws AssertionError with everything that does not hold
    public void holds() {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        List<String> found = violations();
        while (!found.isEmpty() && System.nanoTime() < deadline) {
            Await.pause(Duration.ofMillis(200));
            found = violations();
        }
        if (!found.isEmpty()) {
            throw new AssertionError("does not hold:\n  " + String.join("\n  ", found));
        }
    }

    /// Everything that does not hold at this moment.
    public List<String> violations() {
        List<NodeFacts> all = NodeFacts.of(bed.nodes());
        List<NodeFacts> primaries = all.stream().filter(NodeFacts::isPrimary).toList();
        if (primaries.size() != 1) {
            return List.of("there is one primary; there are " + primaries.size() + ": " + all);
        }
        NodeFacts primary = primaries.getFirst();
        List<String> found = new ArrayList<>();
        expected.filter(name -> !name.equals(primary.name()))
                .ifPresent(name -> found.add("the primary is " + name + "; it is " + primary.name()));
        List<NodeFacts> standbys = all.stream()
                .filter(node -> !node.isPrimary() && !without.contains(node.name()))
                .toList();
        standbys.forEach(standby -> follows(standby, primary).ifPresent(found::add));
        List<BedNode> streaming = standbys.stream()
                .filter(standby -> follows(standby, primary).isEmpty())
                .map(NodeFacts::node)
                .toList();
        bed.poolers().forEach(pooler -> found.addAll(new PoolerCheck(pooler, primary.node(), streaming).violations()));
        reports.forEach(report -> found.addAll(new RowsCheck(report, primary.node(), streaming).violations()));
        return found;
    }

    private static Optional<String> follows(NodeFacts standby, NodeFacts primary) {
        boolean ok = standby.isThere()
                && standby.receiver().equals("streaming")
                && standby.timeline().equals(primary.timeline())
                && standby.systemId().equals(primary.systemId());
        return ok
                ? Optional.empty()
                : Optional.of("%s streams on timeline %s of %s; seen: %s"
                        .formatted(standby.name(), primary.timeline(), primary.name(), standby));
    }
}
