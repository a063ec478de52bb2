package io.heliosctl.remote;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.util.io.resource.PathResource;
import org.apache.sshd.common.util.security.SecurityUtils;

/// Private keys from files, each read once and its passphrase asked for once, however many hosts it opens.
final class KeyFiles {

    private static final int ATTEMPTS = 3;

    private final Passphrases passphrases;
    private final Map<Path, KeyPair> loaded = new ConcurrentHashMap<>();
    private final Map<Path, Object> locks = new ConcurrentHashMap<>();
    private final Map<Path, ProblemException> failed = new ConcurrentHashMap<>();

    KeyFiles(Passphrases passphrases) {
        this.passphrases = passphrases;
    }

    /// The public key beside a private one, if there is such a file.
    static Optional<PublicKey> publicKey(Path file) {
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            String line = LocalFile.read(file, "the public key").strip();
            return Optional.of(AuthorizedKeyEntry.parseAuthorizedKeyEntry(line)
                    .resolvePublicKey(null, PublicKeyEntryResolver.FAILING));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /// Whether the key opens without a passphrase.
    static boolean isPlain(Path key) {
        try {
            return Optional.ofNullable(parse(key, FilePasswordProvider.EMPTY)).isPresent();
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    /// @throws ProblemException if the file is not there, is readable by others, is no key, or its passphrase
    ///     is not told
    KeyPair load(Path key) {
        synchronized (lock(key)) {
            if (failed.containsKey(key)) {
                throw new ProblemException(failed.get(key).problems());
            }
            try {
                return loaded.computeIfAbsent(key, this::open);
            } catch (ProblemException e) {
                failed.put(key, e);
                throw e;
            }
        }
    }

    private Object lock(Path key) {
        return locks.computeIfAbsent(key, path -> new Object());
    }

    private KeyPair open(Path key) {
        Asking asking = new Asking(key);
        try {
            return Optional.ofNullable(parse(key, asking)).orElseThrow(() -> unusable(key, "It holds no key."));
        } catch (IOException | GeneralSecurityException e) {
            if (asking.asked == 0) {
                throw unusable(key, e.getMessage());
            }
            throw new ProblemException(
                    Problem.error("ssh-key-locked", "the passphrase of " + key + " was not given")
                            .hint("Load the key into ssh-agent: ssh-add " + ShellWords.quote(key.toString())),
                    e);
        }
    }

    private static KeyPair parse(Path key, FilePasswordProvider asking) throws IOException, GeneralSecurityException {
        String text = LocalFile.readPrivate(key, "the private key");
        try (InputStream stream = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1))) {
            Iterable<KeyPair> pairs = SecurityUtils.loadKeyPairIdentities(null, new PathResource(key), stream, asking);
            return pairs == null ? null : pairs.iterator().next();
        }
    }

    private static ProblemException unusable(Path key, String detail) {
        return new ProblemException(Problem.error("ssh-key-unusable", "cannot use the private key " + key)
                .detail(detail));
    }

    /// Hands the passphrase to MINA, and asks again after a wrong one.
    private final class Asking implements FilePasswordProvider {

        private final Path key;
        private int asked;

        Asking(Path key) {
            this.key = key;
        }

        @Override
        public String getPassword(SessionContext session, NamedResource resource, int retry) {
            asked++;
            return passphrases.of(key, retry + 1).map(KeyFiles::text).orElse("");
        }

        @Override
        public ResourceDecodeResult handleDecodeAttemptResult(
                SessionContext session, NamedResource resource, int retry, String password, Exception problem) {
            boolean again = problem != null && !password.isEmpty() && retry + 1 < ATTEMPTS;
            return again ? ResourceDecodeResult.RETRY : ResourceDecodeResult.TERMINATE;
        }
    }

    private static String text(Secret secret) {
        return secret.reveal(text -> text);
    }
}
