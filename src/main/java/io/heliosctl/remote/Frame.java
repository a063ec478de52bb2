package io.heliosctl.remote;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/// Where the output of a command begins: a line that nothing else prints. What a banner, a `.bashrc` or a login
/// shell says before it is noise.
///
/// @param line the line, without its end
record Frame(String line) {

    static Frame random() {
        byte[] nonce = new byte[12];
        ThreadLocalRandom.current().nextBytes(nonce);
        return new Frame("HELIOSCTL-" + HexFormat.of().formatHex(nonce));
    }

    /// What `/bin/sh -s` reads: one compound command, so that the shell has read all of it before it runs any
    /// of it, and runs nothing if the connection breaks in the middle. A shell may read its standard input in
    /// blocks (dash does), so the command's own input is sent only after the frame's line has come back: by
    /// then the shell has read all that it wants.
    byte[] program(Command command) {
        String program = "{ LC_ALL=C; export LC_ALL; set -- " + ShellWords.join(command.values()) + "; echo " + line
                + "; echo " + line + " >&2; eval " + ShellWords.quote(command.script()) + "; exit; }\n";
        return program.getBytes(StandardCharsets.UTF_8);
    }

    byte[] marker() {
        return (line + "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
