package io.heliosctl.model;

import io.heliosctl.model.NodeState.Primary;
import java.util.Comparator;
import java.util.Map;

/// Which of several primaries the timelines speak for: the one whose timeline forked off that of every other.
/// Never the one that answered first, nor the one that is further.
///
/// @param newest the one with the latest timeline
/// @param objection why the timelines do not speak for it, as a sentence without a full stop; empty if they do
public record Succession(NodeName newest, String objection) {

    /// Judges primaries, at least one, by the history of each.
    public static Succession of(Map<NodeName, Primary> primaries, Map<NodeName, TimelineHistory> histories) {
        var newest = primaries.keySet().stream()
                .max(Comparator.comparing((NodeName name) -> histories.get(name).timeline())
                        .thenComparing(Comparator.reverseOrder()))
                .orElseThrow();
        var objection = primaries.keySet().stream()
                .filter(name -> !name.equals(newest))
                .sorted()
                .map(name -> objection(
                        newest,
                        primaries.get(newest),
                        histories.get(newest),
                        name,
                        primaries.get(name),
                        histories.get(name)))
                .filter(text -> !text.isEmpty())
                .findFirst();
        return new Succession(newest, objection.orElse(""));
    }

    private static String objection(
            NodeName newest,
            Primary state,
            TimelineHistory history,
            NodeName other,
            Primary otherState,
            TimelineHistory otherHistory) {
        var theirs = otherHistory.timeline();
        if (!otherState.identity().systemId().equals(state.identity().systemId())) {
            return "%s and %s belong to different database clusters".formatted(other, newest);
        }
        if (theirs.equals(history.timeline())) {
            return "%s and %s both write timeline %s: one was copied or restored, or its standby.signal was taken away"
                    .formatted(newest, other, theirs);
        }
        if (!history.continues(otherHistory)) {
            return "timeline %s of %s did not fork off timeline %s of %s"
                    .formatted(history.timeline(), newest, theirs, other);
        }
        var fork = history.left(theirs).orElseThrow();
        return fork.isPast(otherState.written())
                ? "%s is at %s, before %s, where timeline %s forked off: it is another copy of that timeline"
                        .formatted(other, otherState.written(), fork, history.timeline())
                : "";
    }
}
