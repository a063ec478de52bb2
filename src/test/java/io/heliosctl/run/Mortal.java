package io.heliosctl.run;

import io.heliosctl.control.ClusterControl;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/// The program, killed at one of the changes it makes.
final class Mortal {

    private static final Set<String> CHANGES = Set.of(
            "checkpoint",
            "stop",
            "start",
            "restart",
            "tombstone",
            "prepareTombstone",
            "removeTombstone",
            "promote",
            "follow",
            "rejoin",
            "pause",
            "resume",
            "kill",
            "point",
            "execute");

    /// What a killed process leaves behind: nothing.
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private final ClusterControl cluster;
    private final int at;
    private final boolean after;
    private final Runnable onDeath;
    private int changes;
    private boolean dead;

    /// @param at the change at which it dies, counted from 1
    /// @param after whether that change is still made
    Mortal(ClusterControl cluster, int at, boolean after, Runnable onDeath) {
        this.cluster = cluster;
        this.at = at;
        this.after = after;
        this.onDeath = onDeath;
    }

    ClusterControl control() {
        return (ClusterControl) Proxy.newProxyInstance(
                ClusterControl.class.getClassLoader(),
                new Class<?>[] {ClusterControl.class},
                (proxy, method, arguments) -> call(method, arguments));
    }

    synchronized int changes() {
        return changes;
    }

    synchronized boolean isDead() {
        return dead;
    }

    private synchronized Object call(Method method, Object[] arguments) throws Throwable {
        if (dead) {
            throw new Killed();
        }
        if (!CHANGES.contains(method.getName())) {
            return made(method, arguments);
        }
        changes++;
        if (changes < at) {
            return made(method, arguments);
        }
        dead = true;
        onDeath.run();
        if (after) {
            made(method, arguments);
        }
        throw new Killed();
    }

    private Object made(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(cluster, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
