package io.heliosctl.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.model.PoolerName;
import io.heliosctl.model.Problem;
import io.heliosctl.run.PartResult;
import io.heliosctl.run.StepRecord;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.step.ResumePool;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `-q`.
class QuietProgressTest {

    private static final PlannedStep STEP = new PlannedStep(
            8, "Let the clients in", List.of(new ResumePool(new PoolerName("pgb1"), Duration.ofSeconds(10))), 0, 1);

    @Test
    void tellsOnlyWhatWentWrong() {
        var bytes = new ByteArrayOutputStream();
        var progress = new QuietProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), new Style(false, 80));

        progress.stepStarted(STEP);
        progress.said("attempt 1: not paused within 500 ms");
        progress.stepFinished(record(PartResult.Status.CHANGED, List.of()));
        progress.pointOfNoReturn();
        progress.stepFinished(
                record(PartResult.Status.FAILED, List.of(Problem.error("console-lost", "the console of pgb1 broke"))));
        progress.takingBack();
        progress.verifying();

        assertEquals("error[console-lost]: the console of pgb1 broke\n", bytes.toString(StandardCharsets.UTF_8));
    }

    private static StepRecord record(PartResult.Status status, List<Problem> problems) {
        return new StepRecord(
                STEP, List.of(new PartResult(STEP.parts().getFirst(), status, problems, "a remark")), 0, 1);
    }
}
