package io.heliosctl.remote;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;

/// What a user can prove to be the user with, in the order in which it is offered: first keys that the agent
/// holds, then those read from files.
///
/// @param agent the Unix socket of the agent, if it is to be used
/// @param held public keys that the agent is to be asked for, the wanted ones first
/// @param keys from files; a certificate takes the place of its public key
/// @param tried where all of that was looked for, for a message
record Credentials(Optional<Path> agent, List<PublicKey> held, List<KeyPair> keys, List<String> tried) {

    int rank(PublicKey key) {
        for (int index = 0; index < held.size(); index++) {
            if (KeyUtils.compareKeys(held.get(index), key)) {
                return index;
            }
        }
        return -1;
    }
}
