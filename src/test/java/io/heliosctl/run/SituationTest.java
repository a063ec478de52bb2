package io.heliosctl.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.runbook.PlannedStep;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What an operator is told who wants out.
class SituationTest {

    @Test
    void speaksOfANewPrimaryOnlyOnceOneWasPromoted() {
        var situation = at(Plight.CRASHED.plan(), "promote");
        situation.pointOfNoReturn();
        assertTrue(situation.open().contains("the new primary is the one to keep"), situation::open);

        var route = at(Plight.ROUTE.plan(), "point_pool");
        route.pointOfNoReturn();
        assertFalse(route.open().contains("primary"), route::open);
        assertTrue(route.open().contains("heliosctl resume"), route::open);
    }

    @Test
    void namesThePoolersThatAFailoverHolds() {
        var situation = at(Plight.CRASHED.plan(), "fence");
        assertTrue(situation.open().contains("Paused: pgb1, pgb2."), situation::open);
        assertTrue(situation.open().contains("heliosctl rollback"), situation::open);
    }

    private static Situation at(Plan plan, String verb) {
        var situation = new Situation(new Silence());
        for (PlannedStep step : plan.steps()) {
            situation.stepStarted(step);
            if (step.parts().stream().anyMatch(part -> part.verb().equals(verb))) {
                return situation;
            }
        }
        throw new AssertionError("no " + verb + " in " + List.of(plan.steps()));
    }
}
