package io.heliosctl.remote;

import io.heliosctl.model.Bytes;

/// How a command ended. Three different things: it ended, a signal ended it, or nobody knows.
public sealed interface Ran {

    /// The command ended by itself.
    record Exited(int status, Bytes output, Bytes errors, boolean cut) implements Ran {

        public boolean ok() {
            return status == 0;
        }

        /// Standard output as text; what is not UTF-8 is replaced.
        public String text() {
            return output.text();
        }

        public String errorText() {
            return errors.text();
        }
    }

    /// A signal on the host ended the command.
    record Signalled(String signal, Bytes output, Bytes errors) implements Ran {}

    /// The deadline passed or the connection broke: the command may have run or not.
    record NoAnswer(String reason) implements Ran {}
}
