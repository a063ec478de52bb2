package io.heliosctl.run;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.control.FailoverControl;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.StopProof;
import io.heliosctl.model.UnknownOutcomeException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// One life of the program: every call that may change or wait is counted, and some of them go wrong.
final class FaultyLife {

    /// Calls that only look. They are not counted.
    static final Set<String> LOOKS = Set.of(
            "cluster",
            "observe",
            "identityProblems",
            "proveStopped",
            "hasTombstone",
            "streamsFrom",
            "isPaused",
            "pointsAt",
            "routingDifference",
            "scene",
            "hasSwitch",
            "evidence",
            "proveFenced",
            "loss",
            "cover",
            "ahead",
            "confirm");

    /// One counted call.
    ///
    /// @param several whether it acts on more than one target
    record Call(String name, String target, boolean several) {

        /// What a lasting fault is tied to.
        String key() {
            return name + " " + target;
        }

        /// It changes nothing that anybody could see.
        boolean isOnlyWaiting() {
            return Set.of(
                            "readySwitch",
                            "stage",
                            "checkpoint",
                            "awaitExit",
                            "awaitReceived",
                            "requireSwitch",
                            "requireStreaming",
                            "writeThrough")
                    .contains(name);
        }

        boolean isJournal() {
            return List.of("begin", "end", "undone", "ended", "kept", "noted").contains(name);
        }

        /// A line of the journal is written or it is not, and if the disk is full that is known.
        boolean may(Fault.Kind kind, Fault.Moment moment) {
            if (moment == Fault.Moment.LATE) {
                return false;
            }
            var dies = kind == Fault.Kind.DIES;
            return switch (name) {
                case "begin", "noted" ->
                    moment != Fault.Moment.HALF
                            && (dies
                                    || ((kind == Fault.Kind.FAILS || kind == Fault.Kind.KEEPS_FAILING)
                                            && moment == Fault.Moment.BEFORE));
                case "end", "undone", "ended", "kept" -> dies && moment != Fault.Moment.HALF;
                default ->
                    kind == Fault.Kind.FIRES ? moment == Fault.Moment.BEFORE : moment != Fault.Moment.HALF || several;
            };
        }

        @Override
        public String toString() {
            return key();
        }
    }

    private final World world;
    private final MemoryJournal written;
    private final Map<Integer, Fault> faults = new TreeMap<>();
    private final Map<String, Fault> lasting;
    private final List<Call> calls = new ArrayList<>();
    private boolean dead;

    /// @param lasting what went wrong in earlier lives and was not mended, by the call's key; added to here
    FaultyLife(World world, MemoryJournal written, List<Fault> faults, Map<String, Fault> lasting) {
        this.world = world;
        this.written = written;
        this.lasting = lasting;
        faults.forEach(fault -> this.faults.put(fault.call(), fault));
    }

    ClusterControl cluster() {
        return wrapped(ClusterControl.class, world.cluster());
    }

    Journal journal() {
        return wrapped(Journal.class, written);
    }

    /// What was counted so far.
    List<Call> calls() {
        return List.copyOf(calls);
    }

    private <T> T wrapped(Class<T> type, T inner) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call(inner, method, arguments)));
    }

    private Object call(Object inner, Method method, Object[] arguments) throws Throwable {
        if (dead) {
            throw new Killed();
        }
        if (method.getName().equals("failover")) {
            return wrapped(FailoverControl.class, (FailoverControl) invoke(inner, method, arguments));
        }
        world.tick();
        if (LOOKS.contains(method.getName())) {
            return invoke(inner, method, arguments);
        }
        var call = new Call(method.getName(), target(arguments), several(arguments));
        calls.add(call);
        var fault = lasting.getOrDefault(call.key(), faults.get(calls.size() - 1));
        if (fault == null) {
            return made(inner, method, arguments);
        }
        if (fault.kind() == Fault.Kind.FIRES) {
            world.fire();
            return made(inner, method, arguments);
        }
        if (fault.kind().isLasting()) {
            lasting.put(call.key(), fault);
        }
        if (fault.moment() == Fault.Moment.LATE) {
            world.underway().send(method.getName(), arguments, made -> invoke(inner, method, made), fault.delay());
        } else if (fault.moment() != Fault.Moment.BEFORE) {
            made(inner, method, fault.moment() == Fault.Moment.HALF ? halved(arguments) : arguments);
        }
        // Only now: what the call notes on its way is written too.
        dead |= fault.kind() == Fault.Kind.DIES;
        throw failure(fault, call);
    }

    private static Throwable failure(Fault fault, Call call) {
        var problem = Problem.error("fault", fault.kind() + " at " + call);
        return switch (fault.kind()) {
            case DIES -> new Killed();
            case FAILS, KEEPS_FAILING -> new ProblemException(problem);
            case NO_ANSWER, KEEPS_SILENT -> new UnknownOutcomeException(problem);
            case FIRES -> new IllegalStateException();
        };
    }

    private Object made(Object inner, Method method, Object[] arguments) throws Throwable {
        if (inner instanceof Journal) {
            return invoke(inner, method, arguments);
        }
        return world.make(method.getName(), arguments, () -> invoke(inner, method, arguments));
    }

    private static Object invoke(Object inner, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(inner, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static String target(Object[] arguments) {
        return switch (arguments[0]) {
            case NodeName node -> node.value();
            case PoolerName pooler -> pooler.value();
            case StopProof proof -> proof.node().value();
            case List<?> list -> list.toString();
            case String host -> host;
            default -> "";
        };
    }

    private static boolean several(Object[] arguments) {
        return arguments != null && arguments[0] instanceof List<?> list && list.size() > 1;
    }

    private static Object[] halved(Object[] arguments) {
        var copy = arguments.clone();
        copy[0] = List.of(((List<?>) arguments[0]).getFirst());
        return copy;
    }
}
