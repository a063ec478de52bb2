package io.heliosctl.remote;

import io.heliosctl.model.Deadline;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.StreamSupport;
import org.apache.sshd.agent.common.AbstractAgentProxy;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/// A connection to ssh-agent by its Unix socket; MINA's own needs Tomcat's native library. The protocol is
/// MINA's (draft-ietf-sshm-ssh-agent), only the transport is here.
final class AgentConnection extends AbstractAgentProxy {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LONGEST_ANSWER = 1 << 18;

    private final SocketChannel socket;
    private final Selector selector;
    private final ToIntFunction<PublicKey> rank;

    /// @param rank where a key stands among those to offer; below zero it is not offered
    AgentConnection(Path path, ToIntFunction<PublicKey> rank) throws IOException {
        super(null);
        this.rank = rank;
        this.selector = Selector.open();
        this.socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
        socket.configureBlocking(false);
        socket.register(selector, SelectionKey.OP_READ);
    }

    @Override
    public List<? extends Map.Entry<PublicKey, String>> getIdentities() throws IOException {
        return StreamSupport.stream(super.getIdentities().spliterator(), false)
                .filter(identity -> rank.applyAsInt(identity.getKey()) >= 0)
                .sorted(Comparator.comparingInt(identity -> rank.applyAsInt(identity.getKey())))
                .toList();
    }

    /// An agent names the algorithm of the signature, MINA's login expects that of the certificate
    /// (`…-cert-v01@…`).
    @Override
    public Map.Entry<String, byte[]> sign(SessionContext session, PublicKey key, String algorithm, byte[] data)
            throws IOException {
        Map.Entry<String, byte[]> signed = super.sign(session, key, algorithm, data);
        boolean certified = key instanceof OpenSshCertificate
                && signed.getKey().equals(KeyUtils.getSignatureAlgorithm(algorithm, key));
        return certified ? Map.entry(algorithm, signed.getValue()) : signed;
    }

    @Override
    protected synchronized Buffer request(Buffer request) throws IOException {
        ByteBuffer question = ByteBuffer.wrap(request.array(), request.rpos(), request.available());
        while (question.hasRemaining()) {
            socket.write(question);
        }
        Deadline deadline = Deadline.in(PATIENCE);
        int length = read(4, deadline).getInt();
        if (length < 1 || length > LONGEST_ANSWER) {
            throw new IOException("ssh-agent answered " + length + " bytes");
        }
        return new ByteArrayBuffer(read(length, deadline).array());
    }

    private ByteBuffer read(int length, Deadline deadline) throws IOException {
        ByteBuffer answer = ByteBuffer.allocate(length);
        while (answer.hasRemaining()) {
            int count = socket.read(answer);
            if (count < 0) {
                throw new EOFException("ssh-agent closed the connection");
            }
            if (count == 0) {
                if (deadline.hasPassed()) {
                    throw new SocketTimeoutException("ssh-agent did not answer within " + PATIENCE.toSeconds() + " s");
                }
                selector.select(deadline.millis());
                selector.selectedKeys().clear();
            }
        }
        return answer.flip();
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() throws IOException {
        super.close();
        selector.close();
        socket.close();
    }
}
