package io.heliosctl.pgbouncer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// The last words of a program on its error stream, collected so that it never blocks on them.
final class ErrorTail {

    private static final int KEPT = 4096;

    private final StringBuilder text = new StringBuilder();
    private final Thread reader;

    ErrorTail(InputStream errors) {
        reader = Thread.ofVirtual().start(() -> collect(errors));
    }

    /// What was said until now; waits a moment for the end if the program has just ended.
    String text() {
        try {
            reader.join(Duration.ofMillis(500));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        synchronized (text) {
            return Words.clean(text.toString());
        }
    }

    private void collect(InputStream errors) {
        var buffer = new byte[1024];
        try (errors) {
            for (var n = errors.read(buffer); n >= 0; n = errors.read(buffer)) {
                synchronized (text) {
                    text.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
                    text.delete(0, Math.max(0, text.length() - KEPT));
                }
            }
        } catch (IOException _) {
            // The stream broke: what came until then is what there is.
        }
    }
}
