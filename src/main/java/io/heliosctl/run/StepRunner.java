package io.heliosctl.run;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.NotBegunException;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.UnknownOutcomeException;
import io.heliosctl.run.PartResult.Status;
import io.heliosctl.runbook.PlannedStep;
import io.heliosctl.step.Check;
import io.heliosctl.step.ResumePool;
import io.heliosctl.step.SiteStep;
import io.heliosctl.step.Step;
import io.heliosctl.step.Undo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Makes one planned step on all its targets: look, guard, journal the intent, make, look again, journal the
/// end.
final class StepRunner {

    private final ClusterControl cluster;
    private final Journal journal;

    private final Interruption interruption;
    private final Objections objections;
    private Memory memory = (step, part, takingBack) -> Optional.empty();
    private Preparation preparation;

    /// Why a step may not be made after all, asked right before it is made.
    @FunctionalInterface
    interface Objections {
        List<Problem> to(List<Step> due, boolean takingBack);
    }

    /// What is known to be done without a look.
    @FunctionalInterface
    interface Memory {
        /// Asks what nobody has to look at.
        ///
        /// @return how that is known, in a few words; empty if it has to be looked at
        Optional<String> done(PlannedStep step, Step part, boolean takingBack);
    }

    StepRunner(ClusterControl cluster, Journal journal, Interruption interruption, Objections objections) {
        this.cluster = cluster;
        this.journal = journal;
        this.interruption = interruption;
        this.objections = objections;
        this.preparation = Preparation.begin(cluster, List.of());
    }

    /// Lets it remember what was done before it.
    void remember(Memory before) {
        memory = before;
    }

    /// True if on any target more was done than looking.
    static boolean started(StepRecord record) {
        return record.results().stream().anyMatch(PartResult::touched);
    }

    /// Begins with what these steps do ahead of time; each of them waits for its own part of it when it is
    /// made.
    Preparation prepare(List<PlannedStep> steps) {
        preparation = Preparation.begin(
                cluster,
                steps.stream()
                        .flatMap(step -> step.parts().stream()
                                .filter(part -> memory.done(step, part, false).isEmpty()))
                        .toList());
        return preparation;
    }

    /// Makes one step on all its targets.
    ///
    /// A step that could not be journalled is not made, with three exceptions: clients are not kept waiting
    /// for a full disk, what was done is taken back, and what only looks changes nothing.
    StepRecord run(PlannedStep step, boolean takingBack) {
        var start = System.nanoTime();
        // What could not be done ahead of time is tried once more by the step itself.
        preparation.await(step);
        var looks = inParallel(
                step,
                step.parts().stream()
                        .<Callable<Look>>map(part -> () -> memory.done(step, part, takingBack)
                                .map(how -> new Look(part, new PartResult(part, Status.OK, List.of(), how)))
                                .orElseGet(() -> look(part)))
                        .toList());
        var due = looks.stream()
                .filter(look -> look.result() == null)
                .map(Look::step)
                .toList();
        if (!due.isEmpty()) {
            var unwritable = journalled(step, due, takingBack);
            if (!unwritable.isEmpty() && !takingBack && !needsNoJournal(step)) {
                return refused(step, unwritable, start);
            }
            var objected = objections.to(due, takingBack);
            if (!objected.isEmpty()) {
                var record = refused(step, objected, start);
                ended(record, takingBack);
                return record;
            }
        }
        var results = due.size() > 1 && due.getFirst().isJoint() ? makeJointly(looks, due) : makeEach(step, looks);
        // Before its end: what is journalled as made has its values journalled too.
        keep(step);
        var record = new StepRecord(step, results, start, System.nanoTime());
        ended(record, takingBack);
        return record;
    }

    private void ended(StepRecord record, boolean takingBack) {
        if (takingBack) {
            journal.undone(record);
        } else {
            journal.end(record);
        }
    }

    private List<PartResult> makeEach(PlannedStep step, List<Look> looks) {
        return inParallel(
                step,
                looks.stream()
                        .<Callable<PartResult>>map(
                                look -> () -> look.result() != null ? look.result() : make(look.step()))
                        .toList());
    }

    /// However many may be made at a time: what came of it is the same for all.
    private List<PartResult> makeJointly(List<Look> looks, List<Step> due) {
        var all = make(due.getFirst(), () -> due.getFirst().applyJointly(cluster, due));
        return looks.stream()
                .map(look -> look.result() != null
                        ? look.result()
                        : new PartResult(look.step(), all.status(), all.problems(), all.remark()))
                .toList();
    }

    /// Results that later steps may name are in the journal, so that a run that was cut off can go on.
    private void keep(PlannedStep step) {
        var values = new LinkedHashMap<String, Object>();
        for (var part : step.parts()) {
            if (part instanceof SiteStep site) {
                site.terms()
                        .register()
                        .ifPresent(name -> site.kept(cluster).ifPresent(value -> values.put(name.name(), value)));
            }
        }
        if (!values.isEmpty()) {
            journal.kept(step, values);
        }
    }

    private static boolean needsNoJournal(PlannedStep step) {
        return step.parts().stream().allMatch(part -> part instanceof ResumePool || part instanceof Check);
    }

    private List<Problem> journalled(PlannedStep step, List<Step> due, boolean takingBack) {
        try {
            journal.begin(step, due, takingBack);
            return List.of();
        } catch (ProblemException e) {
            return e.problems();
        }
    }

    private static StepRecord refused(PlannedStep step, List<Problem> problems, long start) {
        var results =
                step.parts().stream().map(part -> notStarted(part, problems)).toList();
        return new StepRecord(step, results, start, System.nanoTime());
    }

    /// @param result what came of looking alone; null if the step is still to be made
    private record Look(Step step, PartResult result) {}

    private Look look(Step step) {
        try {
            if (step.pending(cluster).isEmpty()) {
                return new Look(step, new PartResult(step, Status.OK, List.of(), "nothing to do"));
            }
            var problems = step.guard(cluster);
            return new Look(step, problems.isEmpty() ? null : notStarted(step, problems));
        } catch (ProblemException e) {
            return new Look(step, notStarted(step, e.problems()));
        } catch (RuntimeException e) {
            return new Look(step, notStarted(step, List.of(bug(step, e))));
        }
    }

    private static PartResult notStarted(Step step, List<Problem> problems) {
        return new PartResult(step, Status.REFUSED, problems, "");
    }

    private PartResult make(Step step) {
        return make(step, () -> step.apply(cluster)).endedNow();
    }

    private PartResult make(Step step, Supplier<String> work) {
        try {
            if (step.undo() instanceof Undo.Impossible) {
                step.lastWord(cluster);
            }
        } catch (ProblemException e) {
            return notStarted(step, e.problems());
        } catch (RuntimeException e) {
            return notStarted(step, List.of(bug(step, e)));
        }
        try {
            var remark = step.isCancellable() ? interruption.cancellable(work) : work.get();
            if (!step.readsBack()) {
                var left = step.pending(cluster);
                if (left.isPresent()) {
                    var problem = Problem.error("not-done", "could not " + step.summary())
                            .detail("It was tried without an error, and still: " + left.get() + ".");
                    return new PartResult(step, Status.FAILED, List.of(problem), remark);
                }
            }
            return new PartResult(step, Status.CHANGED, List.of(), remark);
        } catch (NotBegunException e) {
            return notStarted(step, e.problems());
        } catch (UnknownOutcomeException e) {
            return new PartResult(step, Status.UNKNOWN, e.problems(), "");
        } catch (ProblemException e) {
            return new PartResult(step, Status.FAILED, e.problems(), "");
        } catch (RuntimeException e) {
            // A bug of ours must not leave clients waiting: it is a failed step like any other.
            return new PartResult(step, Status.UNKNOWN, List.of(bug(step, e)), "");
        }
    }

    static Problem bug(Step step, RuntimeException e) {
        var where = e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0];
        return Problem.error("internal-error", "could not " + step.summary() + " because of a bug in heliosctl")
                .detail(e + where + ".")
                .hint("Please report it with the journal of this run.");
    }

    /// What is only pretended goes in order, so that it goes the same way each time.
    private <T> List<T> inParallel(PlannedStep step, List<Callable<T>> calls) {
        if (calls.size() <= 1 || cluster.scene().isPretended()) {
            return calls.stream().map(StepRunner::call).toList();
        }
        var places = new Semaphore(step.atOnce());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = calls.stream()
                    .map(call -> threads.submit(() -> {
                        places.acquire();
                        try {
                            return call.call();
                        } finally {
                            places.release();
                        }
                    }))
                    .toList();
            var results = new ArrayList<T>();
            for (var future : futures) {
                results.add(call(future::get));
            }
            return results;
        }
    }

    private static <T> T call(Callable<T> call) {
        try {
            return call.call();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a step ended with a bug", e.getCause());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a step was interrupted", e);
        }
    }
}
