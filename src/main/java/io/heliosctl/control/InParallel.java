package io.heliosctl.control;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Function;

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
                answers.add(future.get());
            }
            return answers;
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
