package io.heliosctl.control;

import io.heliosctl.control.SwitchState.Armed;
import io.heliosctl.control.SwitchState.Disarmed;
import io.heliosctl.control.SwitchState.Fired;
import io.heliosctl.control.SwitchState.Unknown;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.remote.Permit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The dead-man's switches of one run: one for each pooler, which lets clients in again, and one for the old
/// primary, which brings it back. What they cover, and why two writable servers cannot come of them, is in
/// `docs/switches.md`.
final class Switches implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final Duration AT_WORK = Duration.ofSeconds(60);
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final Function<PoolerName, HostSwitch> poolerSwitches;
    private final Function<NodeName, HostSwitch> nodeSwitches;
    private final Map<PoolerName, HostSwitch> poolers = new ConcurrentHashMap<>();
    private final Map<NodeName, HostSwitch> nodes = new ConcurrentHashMap<>();
    private final Map<NodeName, Thread> hearts = new ConcurrentHashMap<>();

    /// Nothing is started yet.
    ///
    /// @param poolers makes the switch of a pooler
    /// @param nodes makes the switch of a node
    Switches(Function<PoolerName, HostSwitch> poolers, Function<NodeName, HostSwitch> nodes) {
        this.poolerSwitches = poolers;
        this.nodeSwitches = nodes;
    }

    HostSwitch of(PoolerName pooler) {
        return poolers.computeIfAbsent(pooler, poolerSwitches);
    }

    HostSwitch of(NodeName node) {
        return nodes.computeIfAbsent(node, nodeSwitches);
    }

    boolean isArmed(PoolerName pooler) {
        return Optional.ofNullable(poolers.get(pooler))
                .filter(HostSwitch::isArmed)
                .isPresent();
    }

    /// Takes over what an earlier process of this run has armed, on every host.
    void adopt(List<NodeName> servers, List<PoolerName> doors) {
        InParallel.map(
                Stream.concat(servers.stream().map(this::of), doors.stream().map(this::of))
                        .toList(),
                each -> {
                    each.awaitEnd(AT_WORK);
                    each.adopt();
                    return true;
                });
    }

    boolean isArmed(NodeName node) {
        return Optional.ofNullable(nodes.get(node)).filter(HostSwitch::isArmed).isPresent();
    }

    Optional<Permit> permit(PoolerName pooler) {
        return Optional.ofNullable(poolers.get(pooler))
                .filter(HostSwitch::isArmed)
                .map(HostSwitch::permit);
    }

    Optional<Permit> permit(NodeName node) {
        return Optional.ofNullable(nodes.get(node)).filter(HostSwitch::isArmed).map(HostSwitch::permit);
    }

    void arm(List<PoolerName> doors, Duration budget) {
        InParallel.map(doors, door -> {
            of(door).arm(budget);
            return true;
        });
    }

    /// Pauses while the switches are kept from firing: transactions may take longer to end than clients may
    /// wait. From the end of it the whole budget counts.
    String whileRenewing(List<PoolerName> doors, Supplier<String> pause) {
        var armed = doors.stream().filter(this::isArmed).map(this::of).toList();
        var heart = Thread.ofVirtual().start(() -> beat(armed));
        String remark;
        try {
            remark = pause.get();
        } finally {
            heart.interrupt();
        }
        renew(armed);
        return remark;
    }

    private static void renew(List<HostSwitch> armed) {
        InParallel.map(armed, each -> {
            each.renew();
            return true;
        });
    }

    private static void beat(List<HostSwitch> armed) {
        try {
            while (true) {
                Thread.sleep(HEARTBEAT);
                renew(armed);
            }
        } catch (InterruptedException | ProblemException | IllegalStateException e) {
            // The pause has ended; or what is wrong shows at the end of it, when it is renewed again.
            return;
        }
    }

    /// That the switch of a node which this process has armed has not fired.
    void requireArmed(NodeName node) {
        var primary = of(node);
        if (!primary.isArmed()) {
            return;
        }
        switch (primary.state()) {
            case Armed armed -> {}
            case Fired fired -> throw new ProblemException(primary.firedProblem());
            case Unknown unknown -> throw primary.unanswered(unknown);
            default -> throw new ProblemException(primary.goneProblem());
        }
    }

    /// Before the files of a pooler are touched: one that is at work on them is waited for. If it has put
    /// everything back while this run still goes forward, that is the end of it.
    void requireUnfired(PoolerName pooler, boolean takenBack) {
        if (!isArmed(pooler)) {
            return;
        }
        var clients = of(pooler);
        if (clients.state() instanceof Fired && clients.awaitEnd(AT_WORK) instanceof Fired fired) {
            if (!fired.hasEnded() || (!takenBack && fired.mode().equals("back"))) {
                throw new ProblemException(clients.firedProblem());
            }
        }
    }

    /// Right before the promotion: the old primary is not brought back any more, and clients are let in to the
    /// new one.
    ///
    /// @throws ProblemException if one of them has fired, or did not say that it will not; then none was
    /// turned
    void lastWord(Optional<NodeName> oldPrimary, List<PoolerName> doors) {
        var primary = oldPrimary.map(this::of);
        var wasArmed = primary.filter(HostSwitch::isArmed).isPresent();
        var clients = doors.stream().map(this::of).toList();
        var problems = InParallel.map(
                        Stream.concat(primary.stream(), clients.stream()).toList(),
                        each -> primary.equals(Optional.of(each)) ? disarm(each) : turn(each))
                .stream()
                .flatMap(Optional::stream)
                .toList();
        if (!problems.isEmpty()) {
            turnBack(clients, primary, wasArmed);
            throw new ProblemException(problems);
        }
    }

    /// The promotion is not sent: until this run has taken all back, the hosts could have to do it after all.
    private static void turnBack(List<HostSwitch> clients, Optional<HostSwitch> primary, boolean wasArmed) {
        InParallel.map(clients, HostSwitch::back);
        try {
            primary.filter(node -> wasArmed && !node.isArmed()).ifPresent(HostSwitch::armAgain);
        } catch (ProblemException e) {
            // It has fired, or does not answer; taking back deals with both.
            return;
        }
    }

    private static Optional<Problem> turn(HostSwitch door) {
        var mine = door.isArmed();
        return switch (door.forward()) {
            case Armed armed when armed.mode().equals("forward") -> Optional.empty();
            case Armed armed -> Optional.of(door.goneProblem());
            case Fired fired -> Optional.of(door.firedProblem());
            case Unknown unknown -> first(door.unanswered(unknown));
            default -> mine ? Optional.of(door.goneProblem()) : Optional.empty();
        };
    }

    private static Optional<Problem> disarm(HostSwitch primary) {
        var mine = primary.isArmed();
        return switch (primary.disarm(ANSWER)) {
            case Disarmed disarmed -> Optional.empty();
            case Fired fired -> Optional.of(primary.firedProblem());
            case Unknown unknown -> first(primary.unanswered(unknown));
            case Armed armed -> Optional.of(primary.goneProblem());
            default -> mine ? Optional.of(primary.goneProblem()) : Optional.empty();
        };
    }

    private static Optional<Problem> first(ProblemException e) {
        return e.problems().stream().findFirst();
    }

    /// After clients were let in. One that does not answer is harmless: it only lets them in once more.
    ///
    /// @return what is worth knowing; may be empty
    String disarm(PoolerName pooler) {
        if (!isArmed(pooler)) {
            return "";
        }
        return switch (of(pooler).disarm(ANSWER)) {
            case Fired fired -> "its switch had fired";
            case Unknown unknown -> "its switch did not answer, and lets them in again";
            default -> "";
        };
    }

    /// Before this run starts the old primary again: should this program die meanwhile, its host goes on with
    /// that, and clients are led there as before. A host that cannot have a switch any more is no reason not to
    /// start it.
    ///
    /// @return whether it has fired
    boolean hold(NodeName node, Duration budget, Duration limit) {
        var primary = of(node);
        var state = primary.state();
        if (!(state instanceof Fired || state instanceof Unknown)) {
            try {
                primary.arm(budget);
            } catch (ProblemException e) {
                state = primary.state();
            }
        }
        return switch (state) {
            case Fired fired -> hasEnded(primary, limit);
            case Unknown unknown -> throw primary.unanswered(unknown);
            default -> {
                InParallel.map(armedPoolers(), HostSwitch::back);
                hearts.put(node, Thread.ofVirtual().start(() -> beat(List.of(primary))));
                yield false;
            }
        };
    }

    /// Once this run has started the old primary again, or could not: its switch never fires any more, or has
    /// done what it could.
    ///
    /// @return whether it has fired
    boolean settle(NodeName node, Duration limit) {
        Optional.ofNullable(hearts.remove(node)).ifPresent(Thread::interrupt);
        var primary = of(node);
        return switch (primary.disarm(ANSWER)) {
            case Fired fired -> hasEnded(primary, limit);
            case Unknown unknown -> throw primary.unanswered(unknown);
            default -> false;
        };
    }

    private List<HostSwitch> armedPoolers() {
        return poolers.values().stream().filter(HostSwitch::isArmed).toList();
    }

    private static boolean hasEnded(HostSwitch primary, Duration limit) {
        if (primary.awaitEnd(limit) instanceof Fired last && last.hasEnded()) {
            return true;
        }
        throw new ProblemException(primary.firedProblem());
    }

    @Override
    public void close() {
        hearts.values().forEach(Thread::interrupt);
        var all = new ArrayList<HostSwitch>(poolers.values());
        all.addAll(nodes.values());
        all.forEach(HostSwitch::close);
    }
}
