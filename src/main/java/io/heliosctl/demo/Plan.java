package io.heliosctl.demo;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a cluster on this machine consists of. Kept in its directory, so that a later command finds
/// everything again.
///
/// @param sshPort the same on every address
/// @param password of every role that logs in by TCP; random, and nowhere but in files only their owners can
///     read
record Plan(Path directory, List<Member> nodes, List<Member> poolers, int sshPort, String password) {

    private static final String FILE = "cluster.properties";

    Plan {
        nodes = List.copyOf(nodes);
        poolers = List.copyOf(poolers);
    }

    /// A new one: free ports, and the second pooler on the first node's host, as small sites have it.
    static Plan make(Path directory, int nodes) {
        Loopback loopback = Loopback.find();
        return new Plan(
                directory,
                IntStream.rangeClosed(1, nodes)
                        .mapToObj(i -> member(directory, "pgdb" + i, loopback.address(10 + i), loopback))
                        .toList(),
                List.of(
                        member(directory, "pgb1", loopback.address(21), loopback),
                        member(directory, "pgb2", loopback.address(11), loopback)),
                loopback.freePort(),
                randomPassword());
    }

    private static Member member(Path directory, String name, String address, Loopback loopback) {
        return new Member(name, address, loopback.freePort(), directory.resolve(name));
    }

    private static String randomPassword() {
        byte[] bytes = new byte[18];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    static boolean isIn(Path directory) {
        return Files.exists(directory.resolve(FILE));
    }

    void save() {
        Properties properties = new Properties();
        properties.setProperty("nodes", lines(nodes));
        properties.setProperty("poolers", lines(poolers));
        properties.setProperty("ssh_port", Integer.toString(sshPort));
        properties.setProperty("password", password);
        StringWriter text = new StringWriter();
        try {
            properties.store(text, "A cluster made by heliosctl's demo; this file marks the directory as its own.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Private.write(directory.resolve(FILE), text.toString());
    }

    static Plan load(Path directory) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(directory.resolve(FILE))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + directory.resolve(FILE), e);
        }
        return new Plan(
                directory,
                members(properties.getProperty("nodes"), directory),
                members(properties.getProperty("poolers"), directory),
                Integer.parseInt(properties.getProperty("ssh_port")),
                properties.getProperty("password"));
    }

    /// Every address that plays a host, once.
    List<String> addresses() {
        return Stream.concat(nodes.stream(), poolers.stream())
                .map(Member::address)
                .distinct()
                .toList();
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    private static String lines(List<Member> members) {
        return String.join("\n", members.stream().map(Member::line).toList());
    }

    private static List<Member> members(String lines, Path directory) {
        return lines.lines().map(line -> Member.parse(line, directory)).toList();
    }

    /// Never the password.
    @Override
    public String toString() {
        return "plan in " + directory;
    }
}
