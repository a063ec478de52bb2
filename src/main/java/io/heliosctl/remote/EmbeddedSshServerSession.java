package io.heliosctl.remote;

import java.io.IOException;
import java.util.Map;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;

/// A session channel that tells a command killed by a signal from one that exited (RFC 4254, 6.10). MINA's own
/// knows exit statuses only.
///
/// Java reports a killed process as 128 + signal, as a shell does, so a command that exits with such a number
/// by itself is reported as killed too.
final class EmbeddedSshServerSession extends ChannelSession {

    /// The signals RFC 4254 names, by their numbers on Linux and macOS.
    private static final Map<Integer, String> SIGNALS = Map.of(
            1, "HUP", 2, "INT", 3, "QUIT", 4, "ILL", 6, "ABRT", 8, "FPE", 9, "KILL", 11, "SEGV", 13, "PIPE", 15,
            "TERM");

    @Override
    protected void sendExitStatus(int status) throws IOException {
        String signal = SIGNALS.get(status - 128);
        if (signal == null || exitStatusSent.getAndSet(true)) {
            super.sendExitStatus(status);
            return;
        }
        Buffer buffer = getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST, Long.SIZE);
        buffer.putUInt(getRecipient());
        buffer.putString("exit-signal");
        buffer.putBoolean(false);
        buffer.putString(signal);
        buffer.putBoolean(false);
        buffer.putString("");
        buffer.putString("");
        writePacket(buffer);
        notifyStateChanged("exit-signal");
    }

    static final class Factory extends ChannelSessionFactory {
        @Override
        public Channel createChannel(Session session) {
            return new EmbeddedSshServerSession();
        }
    }
}
