package io.heliosctl.bed;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// The same thing on several hosts at once.
final class Together {

    private Together() {}

    /// Returns when all are done.
    ///
    /// @throws IllegalStateException with the first failure, after all have ended
    static <T> void each(Collection<T> items, Consumer<T> action) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = items.stream()
                    .<Future<?>>map(item -> threads.submit(() -> action.accept(item)))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
