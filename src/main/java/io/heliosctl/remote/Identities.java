package io.heliosctl.remote;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;

/// Finds the keys to log in with, before anything is connected: a person may have to be asked, and no server
/// waits.
final class Identities {

    private final KeyFiles files;
    private final Map<Path, List<PublicKey>> agents = new ConcurrentHashMap<>();

    Identities(Passphrases passphrases) {
        this.files = new KeyFiles(passphrases);
    }

    /// @throws ProblemException if there is no key at all, or one that was named cannot be used
    Credentials of(IdentityFiles wanted) {
        List<PublicKey> inAgent = wanted.agent()
                .map(socket -> agents.computeIfAbsent(socket, Identities::list))
                .orElse(List.of());
        List<PublicKey> held = new ArrayList<>();
        List<Path> toLoad = new ArrayList<>();
        for (Path key : wanted.keys()) {
            List<PublicKey> known = publicKeys(key, wanted).stream()
                    .filter(candidate -> contains(inAgent, candidate))
                    .toList();
            held.addAll(known);
            if (known.isEmpty()) {
                toLoad.add(key);
            }
        }
        if (!wanted.only()) {
            inAgent.stream().filter(key -> !contains(held, key)).forEach(held::add);
        }
        List<KeyPair> keys = load(toLoad, wanted, held.isEmpty());
        if (held.isEmpty() && keys.isEmpty()) {
            throw new ProblemException(Problem.error("ssh-no-key", "there is no key to log in with")
                    .detail("Neither ssh-agent nor ~/.ssh has one.")
                    .hint("Name it in the inventory: ssh: {key: ~/.ssh/id_ed25519}"));
        }
        List<String> tried = Stream.concat(
                        held.stream().map(key -> KeyUtils.getFingerPrint(key) + " (agent)"),
                        toLoad.stream().map(Path::toString))
                .toList();
        return new Credentials(wanted.agent(), List.copyOf(held), keys, tried);
    }

    /// Default keys that are encrypted are asked about only where there is nothing else to try.
    private List<KeyPair> load(List<Path> keys, IdentityFiles wanted, boolean nothingHeld) {
        List<Path> usable =
                wanted.chosen() ? keys : keys.stream().filter(KeyFiles::isPlain).toList();
        if (usable.isEmpty() && nothingHeld) {
            usable = keys.stream().limit(1).toList();
        }
        return usable.stream()
                .map(key -> withCertificates(key, files.load(key), wanted))
                .flatMap(List::stream)
                .toList();
    }

    private static List<KeyPair> withCertificates(Path file, KeyPair pair, IdentityFiles wanted) {
        Stream<KeyPair> certified = certificates(file, wanted)
                .filter(certificate -> KeyUtils.compareKeys(certificate.getCertPubKey(), pair.getPublic()))
                .map(certificate -> new KeyPair(certificate, pair.getPrivate()));
        return Stream.concat(certified, Stream.of(pair)).toList();
    }

    private static List<PublicKey> publicKeys(Path key, IdentityFiles wanted) {
        Stream<PublicKey> certificates = certificates(key, wanted).map(certificate -> certificate);
        return Stream.concat(certificates, KeyFiles.publicKey(Path.of(key + ".pub")).stream())
                .toList();
    }

    private static Stream<OpenSshCertificate> certificates(Path key, IdentityFiles wanted) {
        return Stream.concat(wanted.certificates().stream(), Stream.of(Path.of(key + "-cert.pub")))
                .map(KeyFiles::publicKey)
                .flatMap(Optional::stream)
                .filter(OpenSshCertificate.class::isInstance)
                .map(OpenSshCertificate.class::cast);
    }

    private static boolean contains(List<PublicKey> keys, PublicKey wanted) {
        return keys.stream().anyMatch(key -> KeyUtils.compareKeys(key, wanted));
    }

    /// What the agent holds; nothing if there is no agent behind the socket.
    private static List<PublicKey> list(Path socket) {
        try (AgentConnection agent = new AgentConnection(socket, key -> 0)) {
            return agent.getIdentities().stream().map(Map.Entry::getKey).toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
