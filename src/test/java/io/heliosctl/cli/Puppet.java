package io.heliosctl.cli;

import io.heliosctl.run.Journal;
import io.heliosctl.run.StepRecord;
import io.heliosctl.runbook.PlannedStep;
import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;

/// The real command line in a process that does what its standard input says, one line at a time, and tells on
/// its standard output what has become of it. `at STEP PLACE` names a place in the next run where the process
/// says `here` and stands still until it is told `go`; every other line is a call, answered by `exit CODE`.
///
/// What the program prints goes to the two files named by the arguments.
public final class Puppet {

    /// Where a run can be stopped: around the journal's two lines about a step.
    public enum Place {
        BEFORE_BEGIN,
        AFTER_BEGIN,
        /// As AFTER_BEGIN, but the run goes on.
        DURING,
        AFTER_EFFECT,
        AFTER_END
    }

    private final BufferedReader orders;
    private final PrintStream answers;
    private volatile int step = -1;
    private Place place = Place.AFTER_END;

    private Puppet(BufferedReader orders, PrintStream answers) {
        this.orders = orders;
        this.answers = answers;
    }

    public static void main(String[] files) throws IOException {
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var puppet = new Puppet(orders, System.out);
        Conductor.witness = puppet::watched;
        try (var out = file(files[0]);
                var err = file(files[1])) {
            System.setOut(out);
            System.setErr(err);
            puppet.obey();
        }
    }

    private static PrintStream file(String name) throws IOException {
        return new PrintStream(new FileOutputStream(name), true, StandardCharsets.UTF_8);
    }

    private void obey() throws IOException {
        for (var line = orders.readLine(); line != null; line = orders.readLine()) {
            var words = line.split(" ", -1);
            if (words[0].equals("at")) {
                step = Integer.parseInt(words[1]);
                place = Place.valueOf(words[2]);
            } else {
                answers.println("exit " + Heliosctl.commandLine().execute(words));
            }
        }
    }

    /// A journal that does what the real one does, and stops at the place. Whatever else a journal can is
    /// passed on.
    private Journal watched(Journal real) {
        return (Journal) Proxy.newProxyInstance(
                Journal.class.getClassLoader(),
                new Class<?>[] {Journal.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "begin" -> begin(real, method, arguments);
                    case "end" -> end(real, method, arguments);
                    default -> call(real, method, arguments);
                });
    }

    private Object begin(Journal real, Method method, Object[] arguments) throws Throwable {
        int number = ((PlannedStep) arguments[0]).number();
        reach(number, Place.BEFORE_BEGIN);
        var result = call(real, method, arguments);
        reach(number, Place.AFTER_BEGIN);
        reach(number, Place.DURING);
        return result;
    }

    private Object end(Journal real, Method method, Object[] arguments) throws Throwable {
        var record = (StepRecord) arguments[0];
        answers.println("took " + record.step().number() + " " + record.millis());
        reach(record.step().number(), Place.AFTER_EFFECT);
        var result = call(real, method, arguments);
        reach(record.step().number(), Place.AFTER_END);
        return result;
    }

    private static Object call(Journal real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void reach(int number, Place here) {
        if (number != step || here != place) {
            return;
        }
        step = -1;
        answers.println("here");
        if (here != Place.DURING) {
            awaitGo();
        }
    }

    /// Nobody else reads the orders while a call is made.
    private void awaitGo() {
        try {
            var order = orders.readLine();
            if (!"go".equals(order)) {
                answers.println("not understood: " + order);
            }
        } catch (IOException e) {
            answers.println("not understood: " + e);
        }
    }
}
