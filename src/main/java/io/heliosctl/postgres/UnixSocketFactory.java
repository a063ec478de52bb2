package io.heliosctl.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;

/// Gives pgjdbc sockets that are already connected. Public because pgjdbc makes it by its name
/// (`socketFactory`), with one text (`socketFactoryArg`): a token for the opener that was registered here.
public final class UnixSocketFactory extends SocketFactory {

    private static final Map<String, Opener> OPENERS = new ConcurrentHashMap<>();
    private static final AtomicLong NEXT = new AtomicLong();

    private final Opener opener;

    /// Called by pgjdbc.
    ///
    /// @param token what [#register] returned
    public UnixSocketFactory(String token) {
        opener = OPENERS.getOrDefault(token, () -> {
            throw new IOException("the server's connection is closed");
        });
    }

    /// Opens a connected socket.
    @FunctionalInterface
    interface Opener {
        Socket open() throws IOException;
    }

    static String register(Opener opener) {
        var token = Long.toString(NEXT.incrementAndGet());
        OPENERS.put(token, opener);
        return token;
    }

    static void forget(String token) {
        OPENERS.remove(token);
    }

    @Override
    public Socket createSocket() throws IOException {
        return opener.open();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return opener.open();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return opener.open();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return opener.open();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return opener.open();
    }
}
