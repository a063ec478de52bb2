package io.heliosctl.remote;

import io.heliosctl.model.Problem;
import io.heliosctl.remote.KnownHosts.Marker;
import java.net.SocketAddress;
import java.security.PublicKey;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.signature.Signature;

/// Lets a connection go on only if the host's key is known. There is no way to accept another one here.
///
/// A certificate's dates, kind, principals and signature have been checked by MINA before this is asked
/// (`DHGClient.verifyCertificate`); whether its authority may speak for the host is decided here.
final class HostKeys implements ServerKeyVerifier, SessionListener {

    @Override
    public boolean verifyServerKey(ClientSession session, SocketAddress address, PublicKey offered) {
        Attempt attempt = Attempt.of(session);
        if (offered instanceof OpenSshCertificate certificate) {
            return verifyCertificate(attempt, certificate);
        }
        return verifyPlain(attempt, offered);
    }

    private static boolean verifyCertificate(Attempt attempt, OpenSshCertificate certificate) {
        if (isRevoked(attempt, certificate.getCaPubKey()) || isRevoked(attempt, certificate.getCertPubKey())) {
            return false;
        }
        List<PublicKey> authorities = attempt.knownHosts().keys(attempt.hop(), Marker.AUTHORITY);
        return contains(authorities, certificate.getCaPubKey()) || verifyPlain(attempt, certificate.getCertPubKey());
    }

    private static boolean verifyPlain(Attempt attempt, PublicKey offered) {
        if (isRevoked(attempt, offered)) {
            return false;
        }
        List<PublicKey> known = attempt.knownHosts().keys(attempt.hop(), Marker.PLAIN);
        if (contains(known, offered)) {
            return true;
        }
        attempt.fail(known.isEmpty() ? unknown(attempt.hop(), offered) : changed(attempt.hop(), offered, known));
        return false;
    }

    private static boolean isRevoked(Attempt attempt, PublicKey key) {
        boolean revoked = attempt.knownHosts().isRevoked(attempt.hop(), key);
        if (revoked) {
            attempt.fail(Problem.error("host-key-revoked", attempt.hop() + " offers a host key that is revoked")
                    .detail(fingerprint(key) + " is marked @revoked in " + files(attempt.hop()) + "."));
        }
        return revoked;
    }

    private static boolean contains(List<PublicKey> keys, PublicKey wanted) {
        return keys.stream().anyMatch(key -> KeyUtils.compareKeys(key, wanted));
    }

    private static Problem unknown(Hop hop, PublicKey offered) {
        return Problem.error("host-key-unknown", "the host key of " + hop + " is not known")
                .detail("It offers " + fingerprint(offered) + "; " + files(hop) + " has no key for " + hop.knownName()
                        + ".")
                .hint("Compare that fingerprint with the host's own (ssh-keygen -lf /etc/ssh/ssh_host_"
                        + shortType(offered) + "_key.pub there), then: ssh-keyscan -p " + hop.port() + " -t "
                        + shortType(offered) + " " + hop.host() + " >> " + files(hop));
    }

    private static Problem changed(Hop hop, PublicKey offered, List<PublicKey> known) {
        return Problem.error("host-key-changed", "the host key of " + hop + " is not the known one")
                .detail("It offers " + fingerprint(offered) + "; " + files(hop) + " has "
                        + known.stream().map(HostKeys::fingerprint).collect(Collectors.joining(", "))
                        + ". Either the host was installed anew or somebody is in between.")
                .hint("Find out which. Only if the host was installed anew: ssh-keygen -R "
                        + ShellWords.quote(hop.knownName()) + " -f " + files(hop)
                        + ", then add its new key.");
    }

    private static String fingerprint(PublicKey key) {
        return KeyUtils.getKeyType(key) + " " + KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
    }

    private static String shortType(PublicKey key) {
        return switch (KeyUtils.getKeyType(key)) {
            case "ssh-ed25519" -> "ed25519";
            case "ssh-rsa" -> "rsa";
            default -> "ecdsa";
        };
    }

    private static String files(Hop hop) {
        return hop.knownHosts().getFirst().toString();
    }

    /// Asks the host for a sort of key that is known, as ssh(1) does: a host has several, and known_hosts may
    /// have one.
    @Override
    public void sessionCreated(Session session) {
        Attempt attempt = Attempt.of((ClientSession) session);
        boolean authority =
                !attempt.knownHosts().keys(attempt.hop(), Marker.AUTHORITY).isEmpty();
        List<String> known = attempt.knownHosts().keys(attempt.hop(), Marker.PLAIN).stream()
                .map(KeyUtils::getKeyType)
                .toList();
        Stream<NamedFactory<Signature>> usable = session.getSignatureFactories().stream()
                .filter(algorithm -> authority || !algorithm.getName().contains("-cert-"));
        session.setSignatureFactories(
                usable.sorted(Comparator.comparingInt(algorithm -> rank(algorithm.getName(), known)))
                        .toList());
    }

    private static int rank(String algorithm, List<String> known) {
        if (algorithm.contains("-cert-")) {
            return 0;
        }
        return known.contains(KeyUtils.getCanonicalKeyType(algorithm)) ? 1 : 2;
    }
}
