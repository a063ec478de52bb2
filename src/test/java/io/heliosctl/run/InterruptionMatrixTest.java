package io.heliosctl.run;

import static io.heliosctl.run.Clusters.PG1;
import static io.heliosctl.run.Clusters.PG2;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.control.TemplateContext;
import io.heliosctl.run.Fault.Kind;
import io.heliosctl.run.Fault.Moment;
import io.heliosctl.run.Trial.Deed;
import io.heliosctl.run.Trial.Life;
import io.heliosctl.runbook.Runbooks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Every built-in runbook, every call it makes, everything that may go wrong there, and then somebody who goes on.
class InterruptionMatrixTest {

    private final Plan plan = new Planner(
                    new Runbooks(List.of()).find("switchover"), Clusters.healthy(), Map.of("to", "pgdb2"))
            .plan(TemplateContext.cluster(Clusters.cluster()))
            .plan();

    @Test
    void everyCall() {
        var start = System.nanoTime();
        var calls = trial().live(new Life(Deed.RUN, List.of())).calls();
        System.out.println(calls);
        var failures = new ArrayList<String>();
        var lives = 0;
        for (int call = 0; call < calls.size(); call++) {
            for (var fault : faults(call, calls.get(call))) {
                for (var deed : List.of(Deed.RESUME, Deed.ROLL_BACK)) {
                    lives++;
                    try {
                        var trial = trial();
                        trial.live(new Life(Deed.RUN, List.of(fault)));
                        trial.finish(deed);
                    } catch (AssertionError e) {
                        failures.add(calls.get(fault.call()) + " " + e.getMessage());
                    }
                }
            }
        }
        System.out.println(lives + " in " + (System.nanoTime() - start) / 1_000_000 + " ms; failures " + failures.size());
        failures.stream().limit(6).forEach(System.out::println);
        failures.stream().map(failure -> failure.lines().findFirst().get()).distinct().forEach(System.out::println);
        assertEquals(0, failures.size());
    }

    private static List<Fault> faults(int index, FaultyLife.Call call) {
        var faults = new ArrayList<Fault>();
        for (var kind : Kind.values()) {
            for (var moment : Moment.values()) {
                if (call.may(kind, moment)) {
                    faults.add(new Fault(index, kind, moment));
                }
            }
        }
        return faults;
    }

    private Trial trial() {
        return new Trial(plan, Clusters.healthy(), PG1, PG2);
    }
}
