package io.heliosctl.remote;

import java.io.IOException;
import java.util.List;
import org.apache.sshd.agent.SshAgent;
import org.apache.sshd.agent.SshAgentFactory;
import org.apache.sshd.agent.SshAgentServer;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;

/// Signs with the agent's keys where an attempt's credentials say so. The agent is never forwarded to a host.
final class AgentKeys implements SshAgentFactory {

    @Override
    public List<ChannelFactory> getChannelForwardingFactories(FactoryManager manager) {
        return List.of();
    }

    @Override
    // MINA takes null for "no agent".
    public SshAgent createClient(Session session, FactoryManager manager) throws IOException {
        Credentials credentials = Attempt.of((ClientSession) session).credentials();
        return credentials.agent().isPresent() && !credentials.held().isEmpty()
                ? new AgentConnection(credentials.agent().get(), credentials::rank)
                : null;
    }

    @Override
    public SshAgentServer createServer(ConnectionService service) {
        throw new UnsupportedOperationException("the agent is never forwarded");
    }
}
