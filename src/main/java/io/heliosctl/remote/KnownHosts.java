package io.heliosctl.remote;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;

/// The host keys that this machine knows (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). Nothing is ever added.
record KnownHosts(List<Entry> entries) {

    /// One line.
    record Entry(Marker marker, HostNames names, PublicKey key) {}

    enum Marker {
        PLAIN,
        AUTHORITY,
        REVOKED
    }

    /// @throws ProblemException if none of the files exists, or one may be written by others or cannot be
    ///     understood
    static KnownHosts read(List<Path> files) {
        List<Path> existing = files.stream().filter(Files::exists).toList();
        if (existing.isEmpty()) {
            throw new ProblemException(
                    Problem.error("known-hosts-missing", "there is no known_hosts file " + files.getFirst())
                            .detail("heliosctl connects only to hosts whose key it knows.")
                            .hint("Log in to each host once with ssh, comparing the fingerprint, or collect the keys"
                                    + " over a network that you trust: ssh-keyscan HOST >> "
                                    + ShellWords.quote(files.getFirst().toString())));
        }
        List<Entry> entries = new ArrayList<>();
        for (Path file : existing) {
            LocalFile.readTrusted(file, "the known_hosts file")
                    .lines()
                    .flatMap(line -> parse(line, file).stream())
                    .forEach(entries::add);
        }
        return new KnownHosts(List.copyOf(entries));
    }

    /// Lines with a key of an unknown sort are passed over, as OpenSSH does: such a key cannot be offered here.
    /// A revocation that is not understood is not passed over.
    private static Optional<Entry> parse(String line, Path file) {
        List<String> words = Stream.of(line.strip().split("\\s+")).toList();
        if (line.isBlank() || words.getFirst().startsWith("#")) {
            return Optional.empty();
        }
        int first = words.getFirst().startsWith("@") ? 1 : 0;
        if (words.size() < first + 3) {
            return Optional.empty();
        }
        Marker marker = switch (first == 0 ? "" : words.getFirst()) {
            case "" -> Marker.PLAIN;
            case "@cert-authority" -> Marker.AUTHORITY;
            default -> Marker.REVOKED;
        };
        try {
            PublicKey key = key(words.get(first + 1), words.get(first + 2));
            return Optional.of(new Entry(marker, HostNames.parse(words.get(first)), key));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            if (marker == Marker.REVOKED && !words.get(first + 1).startsWith("sk-")) {
                throw new ProblemException(
                        Problem.error("known-hosts-unclear", "cannot understand a revocation in " + file)
                                .detail(line),
                        e);
            }
            return Optional.empty();
        }
    }

    private static PublicKey key(String type, String base64) throws IOException, GeneralSecurityException {
        return AuthorizedKeyEntry.parseAuthorizedKeyEntry(type + " " + base64)
                .resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
    }

    boolean isRevoked(Hop hop, PublicKey key) {
        return entries.stream()
                .anyMatch(entry -> entry.marker() == Marker.REVOKED
                        && (entry.names().match(hop.knownName())
                                || entry.names().match(hop.knownAs()))
                        && KeyUtils.compareKeys(entry.key(), key));
    }

    /// The keys of that sort for the host. As in OpenSSH, a line without a port also serves a host on another
    /// port.
    List<PublicKey> keys(Hop hop, Marker marker) {
        List<PublicKey> exact = keys(hop.knownName(), marker);
        return exact.isEmpty() ? keys(hop.knownAs(), marker) : exact;
    }

    private List<PublicKey> keys(String name, Marker marker) {
        return entries.stream()
                .filter(entry -> entry.marker() == marker && entry.names().match(name))
                .map(Entry::key)
                .toList();
    }
}
