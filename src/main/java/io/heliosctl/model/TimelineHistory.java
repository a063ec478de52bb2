package io.heliosctl.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// How a timeline came to be: the earlier ones, and where each was left (PostgreSQL manual, "Timelines").
///
/// @param timeline the last one
/// @param switches the earlier ones, the oldest first
public record TimelineHistory(Timeline timeline, List<Switch> switches) {

    private static final Pattern LINE = Pattern.compile("\\s*([0-9]{1,9})\\s+([0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8})\\b.*");

    /// Where one timeline was left for the next.
    ///
    /// @param timeline the one that was left
    /// @param at the first position that the next one does not share with it
    public record Switch(Timeline timeline, Lsn at) {}

    public TimelineHistory {
        switches = List.copyOf(switches);
    }

    /// The history of a timeline that was never forked off another.
    public static TimelineHistory first(Timeline timeline) {
        return new TimelineHistory(timeline, List.of());
    }

    /// Reads a history file, such as `00000002.history`: a line for each earlier timeline, comments and empty
    /// lines.
    ///
    /// @throws IllegalArgumentException if there is anything else in it
    public static TimelineHistory parse(Timeline timeline, String text) {
        var switches = new ArrayList<Switch>();
        for (var line : text.lines().toList()) {
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            var matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("not a line of a timeline history: " + line);
            }
            switches.add(new Switch(new Timeline(Integer.parseInt(matcher.group(1))), Lsn.parse(matcher.group(2))));
        }
        return new TimelineHistory(timeline, switches);
    }

    /// Where it left an earlier timeline; empty if it does not come from that one.
    public Optional<Lsn> left(Timeline earlier) {
        return switches.stream()
                .filter(each -> each.timeline().equals(earlier))
                .map(Switch::at)
                .findFirst();
    }

    /// True if it comes from the other's timeline, and both tell the same of all before that: a timeline's
    /// number alone may have been given twice.
    public boolean continues(TimelineHistory other) {
        var before = switches.stream()
                .takeWhile(each -> !each.timeline().equals(other.timeline))
                .toList();
        return left(other.timeline).isPresent() && before.equals(other.switches);
    }
}
