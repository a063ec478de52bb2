package io.heliosctl.run;

import io.heliosctl.control.Dispatch;
import io.heliosctl.control.Dispatches;
import java.lang.reflect.Proxy;
import java.util.List;

/// Made-up hosts: each is told the name of what was asked of it.
public final class Told {

    private Told() {}

    public static Dispatches all() {
        return (Dispatches) Proxy.newProxyInstance(
                Told.class.getClassLoader(), new Class<?>[] {Dispatches.class}, (proxy, method, arguments) -> {
                    var target = arguments[0].toString();
                    return List.of(new Dispatch(target, kind(method.getName()), method.getName(), List.of(), ""));
                });
    }

    private static Dispatch.Kind kind(String method) {
        return switch (method) {
            case "pause", "resume", "kill" -> Dispatch.Kind.CONSOLE;
            case "checkpoint", "promote", "query", "writeThrough" -> Dispatch.Kind.SQL;
            case "prepareTombstone", "tombstone", "stage", "point" -> Dispatch.Kind.WRITE;
            default -> Dispatch.Kind.RUN;
        };
    }
}
