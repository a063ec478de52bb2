package io.heliosctl.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// What came of a command line typed by nobody at a terminal.
record Typed(int code, String out, String err) {

    /// Runs it in this process; not to be used by two tests at once.
    static Typed run(String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var stdout = System.out;
        var stderr = System.err;
        try (var toOut = new PrintStream(out, true, StandardCharsets.UTF_8);
                var toErr = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            System.setOut(toOut);
            System.setErr(toErr);
            var line = Heliosctl.commandLine();
            line.setOut(writer(toOut));
            line.setErr(writer(toErr));
            var code = line.execute(words);
            return new Typed(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(stdout);
            System.setErr(stderr);
        }
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /// Both streams and the exit code, to be compared as a whole.
    String whole() {
        return out + err + "exit " + code + "\n";
    }
}
