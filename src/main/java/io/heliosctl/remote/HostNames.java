package io.heliosctl.remote;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The names that a line of known_hosts is for: patterns, or one name hashed.
sealed interface HostNames {

    /// Whether the line is for a host's name, or for `[name]:port`.
    boolean match(String name);

    record Patterns(List<String> patterns) implements HostNames {

        @Override
        public boolean match(String name) {
            return WordPattern.matches(patterns, name);
        }
    }

    /// `|1|salt|hash`: HMAC-SHA1 of the name, keyed by the salt (ssh-keygen -H).
    final class Hashed implements HostNames {

        private final byte[] salt;
        private final byte[] hash;

        Hashed(String text) {
            String[] parts = text.split("\\|", -1);
            if (parts.length != 4 || !parts[1].equals("1")) {
                throw new IllegalArgumentException("not a hashed host name: " + text);
            }
            this.salt = Base64.getDecoder().decode(parts[2]);
            this.hash = Base64.getDecoder().decode(parts[3]);
        }

        @Override
        public boolean match(String name) {
            try {
                Mac mac = Mac.getInstance("HmacSHA1");
                mac.init(new SecretKeySpec(salt, "HmacSHA1"));
                return MessageDigest.isEqual(
                        hash, mac.doFinal(name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has HmacSHA1", e);
            }
        }
    }

    static HostNames parse(String text) {
        return text.startsWith("|") ? new Hashed(text) : new Patterns(List.of(text.split(",", -1)));
    }
}
