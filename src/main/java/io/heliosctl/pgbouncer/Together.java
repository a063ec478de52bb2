package io.heliosctl.pgbouncer;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.UnknownOutcomeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/// The same for several processes at once, each on a virtual thread. What is done has deadlines of its own; a
/// pause must be taken back whole even by a thread that was interrupted, so waiting here cannot be.
final class Together {

    static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    private Together() {}

    /// All results in order.
    ///
    /// @throws ProblemException with the problems of all that failed; the unknown outcome alone if there is
    ///     one
    static <T, R> List<R> map(Collection<T> all, Function<T, R> task) {
        var futures = all.stream()
                .map(one -> CompletableFuture.supplyAsync(() -> task.apply(one), THREADS))
                .toList();
        var results = new ArrayList<R>();
        var failures = new ArrayList<ProblemException>();
        for (var future : futures) {
            try {
                results.add(future.join());
            } catch (CompletionException e) {
                failures.add(problem(e));
            }
        }
        if (!failures.isEmpty()) {
            throw combined(failures);
        }
        return results;
    }

    static <T> void each(Collection<T> all, Consumer<T> task) {
        map(all, one -> {
            task.accept(one);
            return true;
        });
    }

    private static ProblemException problem(CompletionException e) {
        return switch (e.getCause()) {
            case ProblemException problem -> problem;
            case RuntimeException bug -> throw bug;
            case Error error -> throw error;
            case Throwable other -> throw new IllegalStateException(other);
        };
    }

    private static ProblemException combined(List<ProblemException> failures) {
        if (failures.size() == 1) {
            return failures.getFirst();
        }
        var unknown = failures.stream()
                .filter(UnknownOutcomeException.class::isInstance)
                .findFirst();
        List<Problem> problems = failures.stream()
                .flatMap(failure -> failure.problems().stream())
                .toList();
        return unknown.orElseGet(() -> new ProblemException(problems));
    }
}
