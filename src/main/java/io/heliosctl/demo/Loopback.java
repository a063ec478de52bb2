package io.heliosctl.demo;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/// The loopback network of this machine: addresses that play hosts, and ports that are free.
final class Loopback {

    private static final int FIRST_PORT = 20_000;
    private static final int PORTS = 10_000;
    private static final int TRIES = 200;

    private final boolean wholeNetwork;
    private final Set<Integer> given = new HashSet<>();
    private final Random random = new Random();

    private Loopback(boolean wholeNetwork) {
        this.wholeNetwork = wholeNetwork;
    }

    /// Linux answers on all of 127.0.0.0/8; macOS on 127.0.0.1 alone, and every "host" is that one there.
    static Loopback find() {
        return new Loopback(isFree("127.0.1.11", 0));
    }

    String address(int host) {
        return wholeNetwork ? "127.0.1." + host : "127.0.0.1";
    }

    /// A port of 20000 to 29999 that nobody listens on, and that was not given before.
    int freePort() {
        for (int i = 0; i < TRIES; i++) {
            int port = FIRST_PORT + random.nextInt(PORTS);
            if (isFree("0.0.0.0", port) && given.add(port)) {
                return port;
            }
        }
        throw new ProblemException(Problem.error("no-free-port", "no free port found from 20000 to 29999"));
    }

    private static boolean isFree(String address, int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(address))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
