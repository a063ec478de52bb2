package io.heliosctl.remote;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Executors;
import org.apache.sshd.common.util.threads.NoCloseExecutor;
import org.junit.jupiter.api.Test;

class LateAnswersTest {

    @Test
    void whatComesAfterTheEndIsNoNews() {
        try (var threads = Executors.newSingleThreadExecutor()) {
            var closed = new NoCloseExecutor(threads);
            closed.shutdown();

            var late = assertThrows(IllegalStateException.class, () -> closed.execute(() -> {}));

            assertTrue(LateAnswers.isLate(late), late::toString);
        }
    }

    @Test
    void anythingElseIs() {
        assertFalse(LateAnswers.isLate(new IllegalStateException("a bug of ours")));
    }
}
