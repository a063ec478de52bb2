package io.heliosctl.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Takes down what the hosts would be told while a plan is rehearsed.
public final class Dictation {

    private final Optional<Dispatches> hosts;
    private final List<Dispatch> taken = new ArrayList<>();

    private Dictation(Optional<Dispatches> hosts) {
        this.hosts = hosts;
    }

    /// What these hosts would be told.
    public static Dictation of(Dispatches hosts) {
        return new Dictation(Optional.of(hosts));
    }

    /// Nothing is taken down.
    public static Dictation none() {
        return new Dictation(Optional.empty());
    }

    void take(Function<Dispatches, List<Dispatch>> deed) {
        hosts.map(deed).ifPresent(this::add);
    }

    private synchronized void add(List<Dispatch> dispatches) {
        taken.addAll(dispatches);
    }

    /// What has been taken down since this was last asked.
    public synchronized List<Dispatch> sinceLast() {
        var all = List.copyOf(taken);
        taken.clear();
        return all;
    }
}
