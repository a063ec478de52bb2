package io.heliosctl.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.time.Duration;

/// A channel as a socket, as far as a database driver needs one: it is connected from the start, reads honour
/// the timeout, and what belongs to TCP alone is accepted and does nothing.
final class ChannelSocket extends Socket {

    private final StreamLocalChannel channel;
    private volatile int timeout;
    private volatile boolean closed;

    ChannelSocket(StreamLocalChannel channel) throws SocketException {
        super((SocketImpl) null);
        this.channel = channel;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        requireOpen();
        return channel.inbox();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        requireOpen();
        return channel.output();
    }

    @Override
    public void close() {
        closed = true;
        channel.inbox().end();
        channel.close(false);
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        requireOpen();
        timeout = millis;
        channel.inbox().timeout(Duration.ofMillis(millis));
    }

    @Override
    public int getSoTimeout() {
        return timeout;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isBound() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return closed || channel.isClosing();
    }

    @Override
    public void connect(SocketAddress endpoint, int millis) {}

    @Override
    public void connect(SocketAddress endpoint) {}

    @Override
    public InetAddress getInetAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.output().close();
    }

    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public boolean getTcpNoDelay() {
        return true;
    }

    @Override
    public void setKeepAlive(boolean on) {}

    @Override
    public void setSoLinger(boolean on, int seconds) {}

    @Override
    public void setReceiveBufferSize(int size) {}

    @Override
    public int getReceiveBufferSize() {
        return 1 << 16;
    }

    @Override
    public void setSendBufferSize(int size) {}

    @Override
    public int getSendBufferSize() {
        return 1 << 16;
    }

    @Override
    public String toString() {
        return channel.toString();
    }

    private void requireOpen() throws SocketException {
        if (isClosed()) {
            throw new SocketException("the channel is closed");
        }
    }
}
