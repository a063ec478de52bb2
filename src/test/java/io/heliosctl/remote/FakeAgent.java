package io.heliosctl.remote;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.agent.SshAgentConstants;
import org.apache.sshd.agent.local.AgentImpl;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/// An ssh-agent of a few lines: it lists its keys and signs with them.
final class FakeAgent implements AutoCloseable {

    private final AgentImpl keys = new AgentImpl();
    private final AtomicInteger signatures = new AtomicInteger();
    private final ServerSocketChannel server;
    private final Path socket;

    FakeAgent(Path socket, KeyPair... pairs) throws IOException {
        this.socket = socket;
        for (KeyPair pair : pairs) {
            keys.addIdentity(pair, "test");
        }
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.startVirtualThread(this::accept);
    }

    Path socket() {
        return socket;
    }

    int signatures() {
        return signatures.get();
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                Thread.startVirtualThread(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            while (true) {
                int length = read(client, 4).getInt();
                Buffer answer = answer(new ByteArrayBuffer(read(client, length).array()));
                ByteBuffer out = ByteBuffer.allocate(4 + answer.available());
                out.putInt(answer.available()).put(answer.getCompactData()).flip();
                while (out.hasRemaining()) {
                    client.write(out);
                }
            }
        } catch (Exception e) {
            // The client has gone.
        }
    }

    private Buffer answer(Buffer request) throws Exception {
        Buffer answer = new ByteArrayBuffer();
        if (request.getByte() == SshAgentConstants.SSH2_AGENTC_REQUEST_IDENTITIES) {
            List<Map.Entry<PublicKey, String>> identities = new ArrayList<>();
            keys.getIdentities().forEach(identities::add);
            answer.putByte(SshAgentConstants.SSH2_AGENT_IDENTITIES_ANSWER);
            answer.putInt(identities.size());
            for (Map.Entry<PublicKey, String> identity : identities) {
                answer.putPublicKey(identity.getKey());
                answer.putString(identity.getValue());
            }
            return answer;
        }
        signatures.incrementAndGet();
        Map.Entry<String, byte[]> signed = keys.sign(null, request.getPublicKey(), null, request.getBytes());
        Buffer signature = new ByteArrayBuffer();
        signature.putString(signed.getKey());
        signature.putBytes(signed.getValue());
        answer.putByte(SshAgentConstants.SSH2_AGENT_SIGN_RESPONSE);
        answer.putBytes(signature.getCompactData());
        return answer;
    }

    private static ByteBuffer read(SocketChannel client, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (client.read(buffer) < 0) {
                throw new IOException("closed");
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
