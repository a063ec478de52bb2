package io.heliosctl.remote;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/// One host, reached by one SSH connection that is kept open for the whole run.
public interface Remote extends AutoCloseable {

    /// What the host is called in messages.
    String name();

    /// The operating system user that is logged in there.
    String user();

    /// The words to put before a command so that it runs as that user: none for the login user, else
    /// `sudo -n -u USER --`, or `sudo -n --` for root. Exactly the form `heliosctl inventory sudoers` prints.
    List<String> become(String osUser);

    /// Runs a command to its end, its deadline or its output cap. A status other than 0 is an answer, not an
    /// error.
    Ran run(Command command);

    /// Starts a command that stays: its input and output are kept open.
    ///
    /// @throws io.heliosctl.model.ProblemException if the host does not let it start
    Coprocess start(Command command);

    /// Connects to a Unix socket on the host, through `direct-streamlocal@openssh.com`.
    Socket openUnixSocket(String path, Duration timeout) throws IOException;

    /// False once the connection is known to be gone.
    boolean isOpen();

    @Override
    void close();
}
