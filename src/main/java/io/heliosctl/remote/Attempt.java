package io.heliosctl.remote;

import io.heliosctl.model.Problem;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;

/// One try to connect: what MINA's callbacks need to know about it, and why it failed.
final class Attempt {

    private static final AttributeRepository.AttributeKey<Attempt> KEY = new AttributeRepository.AttributeKey<>();

    private final Hop hop;
    private final KnownHosts knownHosts;
    private final Credentials credentials;
    private final AtomicReference<Problem> failure = new AtomicReference<>();

    Attempt(Hop hop, KnownHosts knownHosts, Credentials credentials) {
        this.hop = hop;
        this.knownHosts = knownHosts;
        this.credentials = credentials;
    }

    static Attempt of(ClientSession session) {
        return Objects.requireNonNull(
                session.getConnectionContext().getAttribute(KEY), "every connection is an attempt");
    }

    AttributeRepository asContext() {
        return AttributeRepository.ofAttributesMap(Map.of(KEY, this));
    }

    Hop hop() {
        return hop;
    }

    KnownHosts knownHosts() {
        return knownHosts;
    }

    Credentials credentials() {
        return credentials;
    }

    void fail(Problem problem) {
        failure.compareAndSet(null, problem);
    }

    Optional<Problem> failure() {
        return Optional.ofNullable(failure.get());
    }
}
