package io.heliosctl.run;

import io.heliosctl.model.Amounts;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.Problem;
import io.heliosctl.step.PausePool;
import io.heliosctl.step.Step;
import io.heliosctl.step.StopPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Whether the budgets of the dead-man's switches fit each other and PgBouncer's patience.
final class SwitchChecks {

    /// The watcher looks every 0.2 s, and a server takes a moment to start: clients are let in after it is
    /// back.
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private SwitchChecks() {}

    static List<Problem> of(Plan plan) {
        var problems = new ArrayList<Problem>();
        for (var pause : plan.parts(PausePool.class).toList()) {
            patience(plan, pause.target())
                    .filter(patience -> pause.budget().multipliedBy(2).compareTo(patience) >= 0)
                    .ifPresent(patience -> problems.add(impatient(pause, patience)));
        }
        var longestStop =
                longest(plan, StopPostgres.class, stop -> stop.upstream().map(_ -> stop.budget()));
        var shortestPause = plan.parts(PausePool.class).map(PausePool::budget).min(Duration::compareTo);
        if (longestStop.isPresent()
                && shortestPause.isPresent()
                && longestStop.get().plus(MARGIN).compareTo(shortestPause.get()) > 0) {
            problems.add(Problem.error("budgets-reversed", "clients would be let in before the old primary is back")
                    .detail("stop_postgres has a budget of %s, pause_pool one of %s."
                            .formatted(words(longestStop.get()), words(shortestPause.get())))
                    .hint("Make that of stop_postgres shorter, by %s at least: --set stop_budget=TIME."
                            .formatted(words(MARGIN))));
        }
        return problems;
    }

    /// Once the promotion is about to be sent, clients may wait for a whole budget again.
    private static Problem impatient(PausePool pause, Duration patience) {
        return Problem.error(
                        "budget-too-long",
                        "clients of pooler %s could be disconnected before they are let in".formatted(pause.target()))
                .detail("pause_pool has a budget of %s, twice that may pass, and its query_wait_timeout is %s."
                        .formatted(words(pause.budget()), words(patience)))
                .hint(
                        "Raise query_wait_timeout there, or choose less: --set pause_budget=TIME --set stop_budget=TIME.");
    }

    /// The shortest time after which a process of that pooler drops clients that wait; absent if it never
    /// does.
    private static Optional<Duration> patience(Plan plan, PoolerName pooler) {
        return plan.before().state(pooler) instanceof PoolerState.Answering answering
                ? answering.instances().stream()
                        .map(instance -> instance.config().getOrDefault("query_wait_timeout", "0"))
                        .filter(text -> text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?"))
                        .map(text -> Duration.ofMillis((long) (1000 * Double.parseDouble(text))))
                        .filter(Duration::isPositive)
                        .min(Duration::compareTo)
                : Optional.empty();
    }

    private static <T extends Step> Optional<Duration> longest(
            Plan plan, Class<T> type, Function<T, Optional<Duration>> budget) {
        return plan.parts(type).flatMap(part -> budget.apply(part).stream()).max(Duration::compareTo);
    }

    private static String words(Duration time) {
        return Amounts.millis(time.toMillis());
    }
}
