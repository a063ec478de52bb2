package io.heliosctl.run;

import static io.heliosctl.run.Clusters.PG1;
import static io.heliosctl.run.Clusters.PG2;
import static io.heliosctl.run.Clusters.PGB1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.control.TemplateContext;
import io.heliosctl.run.Fault.Kind;
import io.heliosctl.run.Fault.Moment;
import io.heliosctl.run.Trial.Deed;
import io.heliosctl.run.Trial.Ending;
import io.heliosctl.run.Trial.Life;
import io.heliosctl.runbook.Runbooks;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the interruption matrix has found, each as a case of its own.
class FoundByTheMatrixTest {

    private final Plan plan = new Planner(
                    new Runbooks(List.of()).find("switchover"), Clusters.healthy(), Map.of("to", "pgdb2"))
            .plan(TemplateContext.cluster(Clusters.cluster()))
            .plan();
    private final Trial trial = new Trial(plan, Clusters.healthy(), PG1, PG2);

    /// The proofs are asked for once more after the last word. Without them nothing was sent.
    @Test
    void takesBackWhenTheLastProofFails() {
        var call = index("promote") - 1;

        assertEquals(
                "rolled_back", run(new Fault(call, Kind.FAILS, Moment.BEFORE)).word());
    }

    @Test
    void saysWhereClientsWait() {
        var outcome = run(new Fault(index("promote"), Kind.NO_ANSWER, Moment.BEFORE))
                .outcome()
                .orElseThrow();

        var held = outcome.problems().stream()
                .filter(problem -> problem.code().equals("clients-wait"))
                .toList();
        assertEquals("clients wait at pgb1, pgb2", held.getFirst().message());
    }

    @Test
    void owesAfterwardsToo() {
        run(new Fault(index("rejoin"), Kind.FAILS, Moment.BEFORE));

        var again = (Outcome.Succeeded) trial.live(Deed.RESUME).outcome().orElseThrow();
        assertTrue(
                again.owed().stream().anyMatch(problem -> problem.code().equals("not-streaming")),
                "what a check of the end has found is owed as well");
    }

    /// PAUSE was sent to one of them, and open transactions may still be waited for there.
    @Test
    void pausesAnewWhatWasInDoubt() {
        run(new Fault(index("pause"), Kind.DIES, Moment.HALF));

        var calls = trial.live(Deed.RESUME).calls();
        assertTrue(names(calls).indexOf("resume pgb1") < names(calls).indexOf("pause [pgb1, pgb2]"), calls::toString);
        assertTrue(names(calls).contains("resume pgb1"));
    }

    /// They would meet a standby.
    @Test
    void letsNobodyInWhoIsLedToTheCandidate() {
        run(new Fault(index("point"), Kind.DIES, Moment.AFTER));
        assertTrue(trial.world().cluster().pointsAt(PGB1, PG2));

        var calls = names(trial.live(Deed.RESUME).calls());
        assertTrue(calls.indexOf("promote pgdb2") < calls.indexOf("resume pgb1"), calls::toString);
    }

    private Ending run(Fault fault) {
        return trial.live(new Life(Deed.RUN, List.of(fault)));
    }

    private int index(String name) {
        return index(new Trial(plan, Clusters.healthy(), PG1, PG2).live(Deed.RUN), name);
    }

    private static int index(Ending ending, String name) {
        for (int call = 0; call < ending.calls().size(); call++) {
            if (ending.calls().get(call).name().equals(name)) {
                return call;
            }
        }
        throw new AssertionError("no " + name + " in " + ending.calls());
    }

    private static List<String> names(List<FaultyLife.Call> calls) {
        return calls.stream().map(FaultyLife.Call::toString).toList();
    }
}
