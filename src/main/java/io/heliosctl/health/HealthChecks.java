package io.heliosctl.health;

import io.heliosctl.document.Spelling;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All checks by name, in the order in which they are told.
public final class HealthChecks {

    private static final Map<String, HealthCheck> ALL = new LinkedHashMap<>();
    private static final Map<String, Metric> MAIN = Map.of(
            "standbys", Metric.STANDBYS,
            "lag", Metric.LAG,
            "slots", Metric.RETAINED,
            "archive", Metric.ARCHIVE_READY,
            "poolers", Metric.MAXWAIT,
            "write", Metric.WRITE);

    /// Those that are made where none is named: one observation answers all of them.
    private static final List<String> USUAL =
            List.of("primary", "standbys", "lag", "timeline", "poolers", "slots", "archive", "sync");

    static {
        ALL.put("primary", new PrimaryCheck());
        ALL.put("standbys", new StandbysCheck());
        ALL.put("lag", new LagCheck());
        ALL.put("timeline", new TimelineCheck());
        ALL.put("poolers", new PoolersCheck());
        ALL.put("slots", new SlotsCheck());
        ALL.put("archive", new ArchiveCheck());
        ALL.put("sync", new SyncCheck());
        ALL.put("write", new WriteCheck());
        ALL.put("ready", new ReadyCheck());
        ALL.put("drift", new DriftCheck());
    }

    private HealthChecks() {}

    /// What each is called on the command line.
    public static Collection<String> names() {
        return ALL.keySet();
    }

    /// True if there is a check of that name.
    public static boolean isOne(String name) {
        return ALL.containsKey(name);
    }

    /// Those named, or the usual ones.
    ///
    /// @throws ProblemException `unknown-check`
    public static List<String> chosen(List<String> names) {
        names.stream().filter(name -> !isOne(name)).findFirst().ifPresent(name -> {
            throw new ProblemException(Problem.error("unknown-check", "there is no check \"%s\"".formatted(name))
                    .detail("There are: %s.".formatted(String.join(", ", names())))
                    .hint(Spelling.question(name, names())));
        });
        return names.isEmpty() ? USUAL : names.stream().distinct().toList();
    }

    /// The metric that a limit without a name is about; empty if there are several checks, or this one measures
    /// nothing.
    public static Optional<Metric> metric(List<String> checks) {
        return checks.size() == 1 ? Optional.ofNullable(MAIN.get(checks.getFirst())) : Optional.empty();
    }

    /// Makes one check. What cannot be told is unknown.
    public static CheckResult make(String name, CheckSubject subject) {
        try {
            return ALL.get(name).of(subject);
        } catch (ProblemException e) {
            return new CheckResult(
                    name, ServiceState.UNKNOWN, e.problems().getFirst().message(), List.of());
        }
    }
}
