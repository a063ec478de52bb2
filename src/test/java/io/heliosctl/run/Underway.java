package io.heliosctl.run;

import io.heliosctl.control.Rehearsal;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.PoolerName;
import java.util.List;
import java.util.Optional;

/// A command that was sent to a pretend cluster and is on its way there.
final class Underway {

    /// Something that a call does when it arrives.
    @FunctionalInterface
    interface Effect {
        Object make(Object[] arguments) throws Throwable;
    }

    /// A command.
    ///
    /// @param life in which it was sent
    /// @param calls after how many more calls it arrives
    @SuppressWarnings("ArrayRecordComponent") // as reflection hands them over; never compared
    private record Late(String name, Object[] arguments, Effect effect, int life, int calls) {}

    private final Rehearsal cluster;
    private Optional<Late> late = Optional.empty();
    private boolean everLate;
    private boolean careless;
    private int life;

    Underway(Rehearsal cluster) {
        this.cluster = cluster;
    }

    /// A command was sent, and arrives when that many more calls have begun, looks among them.
    void send(String name, Object[] arguments, Effect effect, int calls) {
        late = Optional.of(new Late(name, arguments, effect, life, calls));
        everLate = true;
    }

    /// A server that is stopped forgets a promotion.
    void forgetPromotion(NodeName node) {
        late = late.filter(coming -> !coming.name().equals("promote") || !coming.arguments()[0].equals(node));
    }

    /// The program is started once more: the run has a larger number on every host.
    void begin() {
        life++;
    }

    /// From now on no host looks whether a late command may still be made.
    void careless() {
        careless = true;
    }

    /// True if a command was, or is, on its way.
    boolean isLate() {
        return everLate;
    }

    /// One more call begins.
    ///
    /// @return true if something has arrived and was made
    boolean tick() throws Throwable {
        if (late.isEmpty()) {
            return false;
        }
        var coming = late.get();
        late = Optional.of(
                new Late(coming.name(), coming.arguments(), coming.effect(), coming.life(), coming.calls() - 1));
        return coming.calls() == 0 && arrive();
    }

    /// What is on its way arrives now.
    ///
    /// @return true if there was something, and it was made
    boolean arrive() throws Throwable {
        if (late.isEmpty()) {
            return false;
        }
        var coming = late.get();
        late = Optional.empty();
        var arguments = permitted(coming);
        if (arguments.isEmpty()) {
            return false;
        }
        coming.effect().make(arguments.get());
        return true;
    }

    /// What is made of it: see [io.heliosctl.remote.Permit].
    private Optional<Object[]> permitted(Late coming) {
        var arguments = coming.arguments().clone();
        var current = careless || coming.life() == life;
        if (arguments[0] instanceof List<?> poolers) {
            arguments[0] = poolers.stream()
                    .filter(pooler -> careless || (current && isArmed(((PoolerName) pooler).value())))
                    .toList();
            return Optional.of(arguments).filter(left -> !((List<?>) left[0]).isEmpty());
        }
        var node = (NodeName) arguments[0];
        var may = coming.name().equals("promote")
                ? cluster.observe(node) instanceof NodeState.Standby
                : careless || (current && isArmed(node.value()));
        return Optional.of(arguments).filter(_ -> may);
    }

    private boolean isArmed(String host) {
        return cluster.switches().armed().contains(host);
    }
}
