package io.heliosctl.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// The program without a process of its own, for tests that call it often. One call at a time.
public final class InProcess {

    private InProcess() {}

    /// What it printed and how it ended.
    public record Ran(int exit, String out, String err) {}

    /// Calls it as `main` does.
    public static Ran run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var formerOut = System.out;
        var formerErr = System.err;
        try (var output = new PrintStream(out, true, StandardCharsets.UTF_8);
                var errors = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            System.setOut(output);
            System.setErr(errors);
            int exit = Heliosctl.commandLine().execute(arguments);
            return new Ran(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(formerOut);
            System.setErr(formerErr);
        }
    }
}
