package io.heliosctl.hosts;

import java.util.List;
import java.util.stream.Stream;

/// Answers of a host that do not come back from a step on.
///
/// @param step of a switchover, whose begin is journalled when it starts
/// @param host whose sshd is heard no more; it hears, and does what it is told
/// @param heals whether it is heard again after three seconds, else only when the run has ended
record Loss(int step, String host, boolean heals) {

    /// Every step that changes something, at the host that it is made on, and both proofs.
    private static final List<String> HOSTS =
            List.of("pgdb1", "pgdb1", "pgb1", "pgb1", "pgdb1", "pgdb2", "pgdb2", "pgb1", "pgdb3", "pgdb1");

    static List<Loss> chosen(String which) {
        return switch (which) {
            case "all" -> all();
            case "sample" ->
                List.of(new Loss(3, "pgb1", true), new Loss(5, "pgdb1", false), new Loss(7, "pgdb2", true), new Loss(
                        7, "pgdb2", false));
            default -> all().stream().filter(each -> each.toString().matches(which)).toList();
        };
    }

    private static List<Loss> all() {
        return Stream.of(true, false)
                .flatMap(heals -> java.util.stream.IntStream.rangeClosed(1, HOSTS.size())
                        .mapToObj(step -> new Loss(step, HOSTS.get(step - 1), heals)))
                .toList();
    }

    @Override
    public String toString() {
        return "step %d at %s, %s".formatted(step, host, heals ? "healed" : "lasting");
    }
}
