package io.heliosctl.hosts;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Answers of a host that do not come back from a step on.
///
/// @param step of a switchover, whose begin is journalled when it starts
/// @param host whose sshd is heard no more; it hears, and does what it is told
/// @param bytes how much of its answers still comes back: the more, the later within the step it falls silent
/// @param heals whether it is heard again after three seconds, else only when the run has ended
record Loss(int step, String host, int bytes, boolean heals) {

    private static final int PROMOTE = 7;

    /// Every step that changes something, at the host that it is made on, and both proofs.
    private static final List<String> HOSTS =
            List.of("pgdb1", "pgdb1", "pgb1", "pgb1", "pgdb1", "pgdb2", "pgdb2", "pgb1", "pgdb3", "pgdb1");

    /// What comes back of a promotion ends before, within and behind the answer to the request.
    private static final List<Integer> WITHIN = List.of(500, 1000, 1500, 2000, 3000);

    static List<Loss> chosen(String which) {
        return switch (which) {
            case "all" -> all();
            case "sample" ->
                all().stream().filter(each -> SAMPLE.contains(each.toString())).toList();
            default ->
                all().stream().filter(each -> each.toString().matches(which)).toList();
        };
    }

    private static final List<String> SAMPLE = List.of(
            "step 3 at pgb1 after 0 bytes, healed",
            "step 5 at pgdb1 after 0 bytes, lasting",
            "step 7 at pgdb2 after 1000 bytes, healed",
            "step 7 at pgdb2 after 1000 bytes, lasting");

    private static List<Loss> all() {
        return Stream.of(true, false)
                .flatMap(heals -> Stream.concat(
                        IntStream.rangeClosed(1, HOSTS.size())
                                .mapToObj(step -> new Loss(step, HOSTS.get(step - 1), 0, heals)),
                        WITHIN.stream().map(bytes -> new Loss(PROMOTE, HOSTS.get(PROMOTE - 1), bytes, heals))))
                .toList();
    }

    @Override
    public String toString() {
        return "step %d at %s after %d bytes, %s".formatted(step, host, bytes, heals ? "healed" : "lasting");
    }
}
