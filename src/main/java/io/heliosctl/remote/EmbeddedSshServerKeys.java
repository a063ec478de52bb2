package io.heliosctl.remote;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.Set;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;

/// Keys for an embedded SSH server and its one client, in OpenSSH's formats so that `ssh -i` can use them
/// too.
public final class EmbeddedSshServerKeys {

    private EmbeddedSshServerKeys() {}

    /// Writes a new ed25519 key without a passphrase to `file` (mode 0600) and its public half to `file.pub`.
    ///
    /// @throws UncheckedIOException if a file is there already or cannot be written
    public static void generate(Path file, String comment) {
        try {
            KeyPair pair = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            Files.createFile(file, owner);
            try (OutputStream out = Files.newOutputStream(file)) {
                OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, comment, null, out);
            }
            Files.writeString(publicHalf(file), PublicKeyEntry.toString(pair.getPublic()) + " " + comment + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the key " + file, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot make an ed25519 key", e);
        }
    }

    /// Where [#generate] puts the public half of a key.
    public static Path publicHalf(Path file) {
        return file.resolveSibling(file.getFileName() + ".pub");
    }

    /// The text of a known_hosts file that names `hostKey` as the key of every address at that port.
    public static String knownHosts(Path hostKey, Set<String> addresses, int port) {
        String key = PublicKeyEntry.toString(readPublic(publicHalf(hostKey)));
        StringBuilder text = new StringBuilder();
        for (String address : addresses) {
            text.append('[')
                    .append(address)
                    .append("]:")
                    .append(port)
                    .append(' ')
                    .append(key)
                    .append('\n');
        }
        return text.toString();
    }

    static PublicKey readPublic(Path file) {
        try {
            List<AuthorizedKeyEntry> entries = AuthorizedKeyEntry.readAuthorizedKeys(file);
            return entries.getFirst().resolvePublicKey(null, PublicKeyEntryResolver.IGNORING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the key " + file, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("not a public key: " + file, e);
        }
    }
}
