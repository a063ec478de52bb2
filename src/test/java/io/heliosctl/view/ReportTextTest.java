package io.heliosctl.view;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.control.TemplateContext;
import io.heliosctl.model.Histories;
import io.heliosctl.model.Problem;
import io.heliosctl.run.Clusters;
import io.heliosctl.run.Outcome;
import io.heliosctl.run.PartResult;
import io.heliosctl.run.PartResult.Status;
import io.heliosctl.run.Plan;
import io.heliosctl.run.Planner;
import io.heliosctl.run.Report;
import io.heliosctl.run.RunId;
import io.heliosctl.run.StepRecord;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.runbook.Runbooks;
import io.heliosctl.step.Fence;
import io.heliosctl.step.Promote;
import io.heliosctl.step.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a report says of a run that was made by more than one process.
class ReportTextTest {

    @Test
    void saysNoReasonWhereAnEarlierProcessHasSaidIt() {
        assertFalse(text(new Outcome.RolledBack(List.of()), List.of()).contains("Because"));
        var reason = new Outcome.RolledBack(List.of(Problem.error("not-fenced", "pgdb1 is not fenced")));
        assertTrue(text(reason, List.of()).contains("Because: pgdb1 is not fenced."));
    }

    @Test
    void saysByWhatItWasFencedWhenItWas() {
        var records = List.of(
                record(Fence.class, Status.CHANGED, "runs read-only"),
                record(Promote.class, Status.CHANGED, "at most 3.2 MB lost, as far as is known"),
                record(Fence.class, Status.OK, "made before the promotion"),
                record(Promote.class, Status.OK, "nothing to do"));

        var text = text(new Outcome.Succeeded(List.of()), records);

        assertTrue(text.contains("Fenced: pgdb1: runs read-only.\n"), text);
        assertTrue(text.contains("Loss: at most 3.2 MB lost, as far as is known.\n"), text);
    }

    /// It was sent and not answered, so that process could not say what it had proved.
    @Test
    void saysWhereToLookForALossThatNobodySaid() {
        var records = List.of(
                record(Fence.class, Status.CHANGED, "runs read-only"),
                record(Promote.class, Status.OK, "nothing to do"));

        var text = text(new Outcome.Succeeded(List.of()), records);

        assertTrue(text.contains("Loss: as announced when the run began.\n"), text);
    }

    private static String text(Outcome outcome, List<StepRecord> records) {
        return ReportText.of(
                new Report(
                        new RunId("20260716T101500Z-main-1f3a"),
                        plan(),
                        outcome,
                        records,
                        Optional.of(Clusters.healthy()),
                        Histories.unknown(),
                        Optional.empty(),
                        0),
                Style.PLAIN);
    }

    private static Plan plan() {
        var topology = Clusters.with(Clusters.PG1, new io.heliosctl.model.NodeState.Unreachable("no answer"));
        return new Planner(new Runbooks(List.of()).find("failover"), topology, Map.of("fenced", "pgdb1"))
                .plan(TemplateContext.cluster(topology.cluster()))
                .plan();
    }

    private static StepRecord record(Class<? extends Step> verb, Status status, String remark) {
        var step = plan().steps().stream()
                .filter(each -> verb.isInstance(each.parts().getFirst()))
                .findFirst()
                .orElseThrow();
        var results = new ArrayList<PartResult>();
        step.parts().forEach(part -> results.add(new PartResult(part, status, List.of(), remark)));
        return new StepRecord(new PlannedStep(step.number(), step.name(), step.parts(), 0, 1), results, 0, 0);
    }
}
