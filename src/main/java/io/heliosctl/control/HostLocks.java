package io.heliosctl.control;

import io.heliosctl.model.Cluster;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.UnknownOutcomeException;
import io.heliosctl.remote.Remote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/// The locks of one cluster on every host that was reached: all or none.
///
/// The host that comes first by name decides: whoever gets that one takes the others, all at once. So
/// of two that start together exactly one runs, and nobody waits for anybody.
public final class HostLocks implements AutoCloseable {

    private static final Duration TARGET = Duration.ofSeconds(3);

    /// A host that is not about to be changed must not keep clients waiting.
    private static final Duration OTHER = Duration.ofMillis(500);

    private final Map<String, HostLock> byAddress;
    private final Map<String, String> addresses;
    private Optional<LockHolder> mine = Optional.empty();
    private long epoch;
    private Optional<Predecessor> predecessor = Optional.empty();
    private final AtomicReference<String> later = new AtomicReference<>();
    private final Set<String> silent = ConcurrentHashMap.newKeySet();

    /// The run that had been here last.
    public record Predecessor(String run, long epoch) {}

    private HostLocks(Map<String, HostLock> byAddress, Map<String, String> addresses) {
        this.byAddress = byAddress;
        this.addresses = addresses;
    }

    /// The locks, not taken yet. Two nodes or poolers on one host share its lock.
    ///
    /// @param key what names the cluster the same for every operator
    static HostLocks of(Cluster cluster, Hosts hosts, String key) {
        var addresses = new LinkedHashMap<String, String>();
        cluster.nodes()
                .forEach(node -> addresses.put(
                        node.name().value(), node.host() + ":" + node.ssh().port()));
        cluster.poolers()
                .forEach(pooler -> addresses.put(
                        pooler.name().value(),
                        pooler.host() + ":" + pooler.ssh().port()));
        var locks = new TreeMap<String, HostLock>();
        addresses.forEach((name, address) -> {
            Optional<Remote> remote = hosts.remote(name);
            if (remote.isPresent() && !locks.containsKey(address)) {
                locks.put(address, new HostLock(name, remote.get(), "heliosctl-" + key));
            }
        });
        return new HostLocks(locks, addresses);
    }

    /// Takes all of them and gives this run the number after the largest that any host has seen.
    ///
    /// @param breaks the run whose locks may be broken
    /// @return the run whose locks were broken, if there were any
    /// @throws LockedException if another run holds one; then none is held any more
    /// @throws ProblemException if a host that was reached cannot be locked
    public Optional<String> take(LockHolder holder, Optional<String> breaks) {
        var taken = new ArrayList<HostLock>();
        try {
            var all = List.copyOf(byAddress.values());
            var seen = new ArrayList<HostLock.Taken>();
            for (var group :
                    List.of(all.stream().limit(1).toList(), all.stream().skip(1).toList())) {
                seen.addAll(InParallel.map(group, lock -> take(lock, holder, breaks, taken)));
            }
            epoch = 1 + seen.stream().mapToLong(HostLock.Taken::epoch).max().orElse(0);
            predecessor = seen.stream()
                    .filter(each -> !each.by().isEmpty())
                    .max(Comparator.comparingLong(HostLock.Taken::epoch))
                    .map(each -> new Predecessor(each.by(), each.epoch()));
            InParallel.map(all, lock -> {
                lock.mark(holder.run(), epoch);
                return true;
            });
            mine = Optional.of(holder);
            return seen.stream().anyMatch(HostLock.Taken::broken) ? breaks : Optional.empty();
        } catch (RuntimeException e) {
            releaseAll(taken, holder.run(), Long.MAX_VALUE);
            throw e;
        }
    }

    private static HostLock.Taken take(
            HostLock lock, LockHolder holder, Optional<String> breaks, List<HostLock> taken) {
        try {
            var result = lock.take(holder, breaks);
            if (result.fresh()) {
                remember(taken, lock);
            }
            return result;
        } catch (UnknownOutcomeException e) {
            // It may have been taken all the same.
            remember(taken, lock);
            throw e;
        }
    }

    private static void remember(List<HostLock> taken, HostLock lock) {
        synchronized (taken) {
            taken.add(lock);
        }
    }

    /// The number of this run.
    public long epoch() {
        return epoch;
    }

    /// The run with the largest number before this one took them, as far as the hosts remember: a reboot makes
    /// them forget.
    public Optional<Predecessor> predecessor() {
        return predecessor;
    }

    /// Who holds one of them, asked without changing anything.
    ///
    /// @param mine the run that may hold them
    public Optional<LockedException> heldByAnotherThan(Optional<String> mine) {
        return InParallel.map(List.copyOf(byAddress.values()), HostLock::held).stream()
                .flatMap(Optional::stream)
                .filter(locked ->
                        mine.isEmpty() || !locked.holder().map(LockHolder::run).equals(mine))
                .findFirst();
    }

    /// Asks every host, in one round trip, whether this run may still change something.
    ///
    /// A host that says that a later run has been there is believed for good: then nothing may be
    /// changed anywhere, nor taken back. A host that is to be changed must say itself that the lock is
    /// still this run's.
    ///
    /// @param targets names of the nodes and poolers about to be changed; none if something is taken back
    public synchronized List<Problem> refusals(Set<String> targets) {
        var asked = byAddress.entrySet().stream()
                .filter(entry -> isTarget(entry.getKey(), targets) || !silent.contains(entry.getKey()))
                .toList();
        var problems = InParallel.map(asked, entry -> look(entry.getKey(), entry.getValue(), targets)).stream()
                .flatMap(Optional::stream)
                .toList();
        return lost().map(List::of).orElse(problems);
    }

    private Optional<Problem> look(String address, HostLock lock, Set<String> targets) {
        var target = isTarget(address, targets);
        return switch (lock.standing(target ? TARGET : OTHER)) {
            case Standing.Mine mineStill -> Optional.empty();
            case Standing.Taken taken -> {
                later.compareAndSet(null, stale(lock.name(), taken));
                yield Optional.empty();
            }
            case Standing.Gone gone -> Optional.of(gone(lock.name())).filter(problem -> target);
            case Standing.Unknown unknown -> {
                silent.add(address);
                yield Optional.of(unanswered(lock.name(), unknown.reason())).filter(problem -> target);
            }
        };
    }

    private Optional<Problem> lost() {
        return Optional.ofNullable(later.get())
                .map(detail -> Problem.error("stale-epoch", "another run has taken this cluster over")
                        .detail(detail)
                        .hint("Nothing more is changed by this run. Run \"heliosctl status\"."));
    }

    private boolean isTarget(String address, Set<String> targets) {
        return targets.stream().anyMatch(target -> address.equals(addresses.get(target)));
    }

    private static String stale(String name, Standing.Taken taken) {
        return LockHolder.parse(taken.holder())
                .map(holder -> "%s says: run %s by %s@%s, since %s."
                        .formatted(name, holder.run(), holder.user(), holder.host(), holder.since()))
                .orElse(name + " says: a later run was here, and has ended.");
    }

    private static Problem gone(String name) {
        return Problem.error("lock-lost", "the lock on %s is gone".formatted(name))
                .detail("The host was rebooted, or somebody has removed it.")
                .hint("Run \"heliosctl status\".");
    }

    private static Problem unanswered(String name, String reason) {
        return Problem.error("lock-unanswered", "%s did not say whose its lock is".formatted(name))
                .detail(reason + ".")
                .hint("Run \"heliosctl status\".");
    }

    /// Lets all of them go. What cannot be let go, because a host is not there any more, stays until
    /// its reboot.
    public void release() {
        mine.ifPresent(holder -> releaseAll(List.copyOf(byAddress.values()), holder.run(), epoch));
        mine = Optional.empty();
    }

    private static void releaseAll(List<HostLock> locks, String run, long epoch) {
        InParallel.map(locks, lock -> {
            try {
                lock.release(run, epoch);
                return true;
            } catch (ProblemException e) {
                return false;
            }
        });
    }

    @Override
    public void close() {
        byAddress.values().forEach(HostLock::close);
    }
}
