package io.heliosctl.control;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.Supplier;

/// Asks many hosts at once, so that a slow one delays nobody else.
final class InParallel {

    private InParallel() {}

    /// The answers in the order of the questions. What a question throws is thrown when all have ended.
    static <A, B> List<B> map(List<A> questions, Function<A, B> ask) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = questions.stream()
                    .map(question -> threads.submit(() -> ask.apply(question)))
                    .toList();
            var answers = new ArrayList<B>();
            for (var future : futures) {
                answers.add(answer(future));
            }
            return answers;
        }
    }

    /// Asks one thing while the caller asks another.
    ///
    /// @return waits for the answer; what the question throws is thrown there
    static <A> Supplier<A> begin(Supplier<A> question) {
        var task = new FutureTask<>(question::get);
        Thread.ofVirtual().start(task);
        return () -> answer(task);
    }

    private static <A> A answer(Future<A> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while hosts were asked", e);
        }
    }
}
