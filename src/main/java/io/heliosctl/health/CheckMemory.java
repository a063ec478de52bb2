package io.heliosctl.health;

import io.heliosctl.document.Json;
import io.heliosctl.model.NodeName;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What a check knew the last time it was made for a cluster.
///
/// @param primary where the primary was
/// @param moved when it was first seen there, if it had been elsewhere before
/// @param states how each check ended, by name
/// @param since from when on the whole has been as bad as it was; absent the first time
/// @param changes when the whole became better or worse, within the last hour
public record CheckMemory(
        Optional<NodeName> primary,
        Optional<Instant> moved,
        Map<String, ServiceState> states,
        Optional<Instant> since,
        List<Instant> changes) {

    private static final Duration WINDOW = Duration.ofHours(1);
    private static final int RESTLESS = 4;

    public CheckMemory {
        states = Map.copyOf(states);
        changes = List.copyOf(changes);
    }

    /// Of the first time.
    public static CheckMemory none() {
        return new CheckMemory(Optional.empty(), Optional.empty(), Map.of(), Optional.empty(), List.of());
    }

    /// True if it goes up and down: at least four changes within an hour.
    public boolean isFlapping() {
        return changes.size() >= RESTLESS;
    }

    /// What is known after these results.
    ///
    /// @param seen the primary, if one was seen
    public CheckMemory after(List<CheckResult> results, Optional<NodeName> seen, Instant now) {
        var next = new LinkedHashMap<>(states);
        results.forEach(result -> next.put(result.check(), result.severity()));
        var had = results.stream().map(CheckResult::check).anyMatch(states::containsKey);
        var changed = had && !worst(results).equals(worstBefore(results));
        var recent = new ArrayList<>(
                changes.stream().filter(at -> at.isAfter(now.minus(WINDOW))).toList());
        if (changed) {
            recent.add(now);
        }
        var move = seen.isPresent() && primary.isPresent() && !seen.equals(primary) ? Optional.of(now) : moved;
        return new CheckMemory(
                seen.or(() -> primary),
                move,
                next,
                changed ? Optional.of(now) : since.or(() -> Optional.of(now)),
                recent);
    }

    /// How the same checks ended as a whole; OK where they were never made.
    public ServiceState worstBefore(List<CheckResult> results) {
        return ServiceState.worst(results.stream()
                .map(result -> states.getOrDefault(result.check(), ServiceState.OK))
                .toList());
    }

    private static ServiceState worst(List<CheckResult> results) {
        return ServiceState.worst(results.stream().map(CheckResult::severity).toList());
    }

    /// As one line to keep.
    String text() {
        var kept = new LinkedHashMap<String, Object>();
        primary.ifPresent(name -> kept.put("primary", name.value()));
        moved.ifPresent(at -> kept.put("moved", at.toString()));
        var words = new LinkedHashMap<String, Object>();
        states.forEach((check, severity) -> words.put(check, severity.name()));
        kept.put("states", words);
        since.ifPresent(at -> kept.put("since", at.toString()));
        kept.put("changes", changes.stream().map(Instant::toString).toList());
        return Json.line(kept) + "\n";
    }

    /// Reads what was kept. What is no memory counts as none.
    static CheckMemory of(String text) {
        try {
            return Json.object(text).map(CheckMemory::of).orElseGet(CheckMemory::none);
        } catch (DateTimeParseException | IllegalArgumentException e) {
            return none();
        }
    }

    private static CheckMemory of(Map<String, Object> kept) {
        var states = new LinkedHashMap<String, ServiceState>();
        if (kept.get("states") instanceof Map<?, ?> words) {
            words.forEach((check, word) -> states.put(check.toString(), ServiceState.valueOf(Objects.toString(word))));
        }
        var changes = kept.get("changes") instanceof List<?> list
                ? list.stream()
                        .map(each -> Instant.parse(Objects.toString(each)))
                        .toList()
                : List.<Instant>of();
        return new CheckMemory(
                word(kept, "primary").map(NodeName::new),
                word(kept, "moved").map(Instant::parse),
                states,
                word(kept, "since").map(Instant::parse),
                changes);
    }

    private static Optional<String> word(Map<String, Object> kept, String key) {
        return Optional.ofNullable(kept.get(key)).map(Object::toString);
    }
}
