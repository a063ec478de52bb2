package io.heliosctl.loopback;

import io.heliosctl.bed.Halt;
import io.heliosctl.cli.Puppet.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One way for a run to be cut: where, and what comes after.
record KillCase(Halt point, Ending ending) {

    /// The steps of a switchover and its last checks.
    static final int STEPS = 14;

    /// Where nobody comes back: how long clients may be shut out, and the old primary stopped, before the hosts
    /// themselves put an end to it.
    static final Duration BUDGET = Duration.ofSeconds(4);

    static final Duration STOP_BUDGET = Duration.ofSeconds(2);

    /// Who comes back to a killed run.
    enum Ending {
        RESUME,
        ROLLBACK,
        NOBODY;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param which `all`, `sample`, or a text that every chosen case's name matches as a regular expression
    static List<KillCase> chosen(String which) {
        return switch (which) {
            case "all" -> all();
            case "sample" -> sample();
            default ->
                all().stream().filter(each -> each.toString().matches(which)).toList();
        };
    }

    /// Every one there is.
    static List<KillCase> all() {
        return Stream.of(Ending.values())
                .flatMap(ending -> Stream.of(Place.values())
                        .flatMap(place -> IntStream.rangeClosed(1, STEPS)
                                .mapToObj(step -> new KillCase(new Halt(step, place), ending))))
                .toList();
    }

    /// Forty of them, always the same: every step with every ending but two, and every place eight times.
    static List<KillCase> sample() {
        var cases = new ArrayList<KillCase>();
        var endings = List.of(Ending.values());
        var places = List.of(Place.values());
        for (int i = 0; i < 40; i++) {
            var ending = endings.get(i / STEPS);
            var place = places.get((i % STEPS + 2 * (i / STEPS)) % places.size());
            cases.add(new KillCase(new Halt(i % STEPS + 1, place), ending));
        }
        return cases;
    }

    @Override
    public String toString() {
        return point + ", then " + ending.word();
    }
}
