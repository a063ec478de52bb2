package io.heliosctl.demo;

import java.nio.file.Path;

/// A server of the cluster on this machine.
///
/// @param address the loopback address that plays its host
/// @param port where it listens for TCP, and the number in its Unix socket's name
/// @param directory everything that is its own
public record Member(String name, String address, int port, Path directory) {

    Path sockets() {
        return directory.resolve("run");
    }

    Path file(String file) {
        return directory.resolve(file);
    }

    /// As it is kept in the plan's file.
    String line() {
        return name + " " + address + " " + port;
    }

    static Member parse(String line, Path cluster) {
        String[] words = line.split(" ", -1);
        return new Member(words[0], words[1], Integer.parseInt(words[2]), cluster.resolve(words[0]));
    }
}
