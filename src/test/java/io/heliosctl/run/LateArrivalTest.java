package io.heliosctl.run;

import static io.heliosctl.run.Clusters.PG1;
import static io.heliosctl.run.Clusters.PG2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.control.TemplateContext;
import io.heliosctl.run.Fault.Kind;
import io.heliosctl.run.Fault.Moment;
import io.heliosctl.run.Trial.Deed;
import io.heliosctl.run.Trial.Life;
import io.heliosctl.runbook.Runbooks;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// heliosctl dies when it has sent a command, and the command arrives at any moment of what is done then, or
/// after the switches have fired.
class LateArrivalTest {

    /// More calls than any life has.
    private static final int MOMENTS = 200;

    private final Plan plan = new Planner(
                    new Runbooks(List.of()).find("switchover"), Clusters.healthy(), Map.of("to", "pgdb2"))
            .plan(TemplateContext.cluster(Clusters.cluster()))
            .plan();

    @ParameterizedTest
    @CsvSource({"stop, RESUME", "stop, ROLL_BACK", "pause, RESUME", "pause, ROLL_BACK"})
    void doesNoHarmWhileSomebodyGoesOn(String name, Deed deed) {
        for (int delay = 0; delay < MOMENTS; delay++) {
            cut(name, delay).finish(deed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "pause"})
    void doesNoHarmOnceTheSwitchesHaveFired(String name) throws Throwable {
        var trial = cut(name, MOMENTS);
        trial.live(Deed.FIRE);
        var picture = trial.world().picture();

        trial.world().arrive();

        assertEquals(picture, trial.world().picture());
        trial.finish(Deed.ROLL_BACK);
    }

    /// What it would do if the hosts did not look; so this test would notice.
    @ParameterizedTest
    @CsvSource({"stop, ROLL_BACK", "pause, ROLL_BACK"})
    void wouldDoHarmIfNobodyLooked(String name, Deed deed) {
        int harmful = 0;
        for (int delay = 0; delay < MOMENTS; delay++) {
            var trial = cut(name, delay);
            trial.world().underway().careless();
            try {
                trial.finish(deed);
            } catch (AssertionError e) {
                harmful++;
            }
        }
        assertTrue(harmful > 0);
    }

    private Trial cut(String name, int delay) {
        var calls = trial().live(Deed.RUN).calls();
        int call = 0;
        while (!calls.get(call).name().equals(name)) {
            call++;
        }
        var trial = trial();
        trial.live(new Life(Deed.RUN, List.of(new Fault(call, Kind.DIES, Moment.LATE, delay))));
        return trial;
    }

    private Trial trial() {
        return new Trial(plan, Clusters.healthy(), PG1, PG2);
    }
}
