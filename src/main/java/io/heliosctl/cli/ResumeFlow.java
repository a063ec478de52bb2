package io.heliosctl.cli;

import io.heliosctl.cli.TakenUp.Direction;
import io.heliosctl.control.TemplateContext;
import io.heliosctl.model.Bytes;
import io.heliosctl.model.Cluster;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.run.Endings;
import io.heliosctl.run.History;
import io.heliosctl.run.JournalReader;
import io.heliosctl.run.Planner;
import io.heliosctl.run.Prospect;
import io.heliosctl.run.RefusedException;
import io.heliosctl.run.RunDirectory;
import io.heliosctl.run.RunId;
import io.heliosctl.run.RunLocks;
import io.heliosctl.runbook.Runbook;
import io.heliosctl.view.ProspectText;
import io.heliosctl.view.RunJson;
import io.heliosctl.view.StatusText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What every command does that goes on with a run: read its journal, plan again, look, show, ask, go on.
final class ResumeFlow {

    private final Direction direction;
    private final InventoryOptions inventory;
    private final ResumeOptions options;
    private final Confirmation confirmation;
    private final OutputOptions output;

    ResumeFlow(
            Direction direction,
            InventoryOptions inventory,
            ResumeOptions options,
            Confirmation confirmation,
            OutputOptions output) {
        this.direction = direction;
        this.inventory = inventory;
        this.options = options;
        this.confirmation = confirmation;
        this.output = output;
    }

    /// Goes on with a run and returns the exit code.
    int execute(RunId id) {
        var history = JournalReader.read(RunDirectory.ofProcess(), id);
        try {
            if (Endings.isEnded(history)) {
                return nothing(history);
            }
            var cluster = inventory.cluster(Optional.of(history.header().cluster()));
            RunLocks.heldHere(RunDirectory.ofProcess(), cluster.name()).ifPresent(problem -> {
                throw new RefusedException(problem);
            });
            var runbook = inventory.runbooks().find(history.header().runbook());
            var changes = changes(history, runbook, cluster);
            try (var session = Session.open(inventory, cluster, confirmation.questions(output.story()))) {
                return execute(history, runbook, changes, session);
            }
        } catch (ProblemException e) {
            if (output.format() != OutputFormat.TABLE) {
                output.print(RunJson.refused(history, e.problems()));
            }
            throw e;
        }
    }

    /// A run that has ended is left as it is.
    private int nothing(History history) {
        Endings.refusal(history, direction == Direction.RESUME).ifPresent(problem -> {
            throw new RefusedException(problem);
        });
        if (output.format() == OutputFormat.TABLE) {
            output.result().println(Endings.sentence(history, direction.word()));
        } else {
            output.print(RunJson.ended(history));
        }
        return ExitCode.DONE;
    }

    /// What is not as it was when the run began.
    ///
    /// @throws RefusedException if that is not accepted
    private List<String> changes(History history, Runbook runbook, Cluster cluster) {
        var header = history.header();
        var problems = new ArrayList<Problem>();
        if (!Bytes.of(runbook.text()).sha256().equals(header.runbookHash())) {
            problems.add(Problem.error(
                    "runbook-changed", "runbook %s is not as it was when the run began".formatted(header.runbook())));
        }
        if (!inventory.inventory().sha256(cluster).equals(header.inventoryHash())) {
            problems.add(Problem.error(
                    "inventory-changed",
                    "the inventory of %s is not as it was when the run began".formatted(cluster.name())));
        }
        if (!problems.isEmpty() && !options.acceptsChanges()) {
            throw new RefusedException(problems.stream()
                    .map(problem -> problem.detail("Run %s began at %s.".formatted(history.id(), header.since()))
                            .hint("Put it back as it was; or, if it is right as it is, add --accept-changes."))
                    .toList());
        }
        return problems.stream().map(Problem::code).toList();
    }

    private int execute(History history, Runbook runbook, List<String> changes, Session session) {
        var topology = new SecondLook(runbook, history, session, output).look(direction == Direction.RESUME);
        var cluster = topology.cluster();
        session.cluster().recognise(topology);
        var locks = session.cluster().locks(RunLocks.key(topology));
        RunLocks.heldByAnother(RunDirectory.ofProcess(), locks, cluster.name(), Optional.of(history.id()))
                .ifPresent(problem -> {
                    throw new RefusedException(problem);
                });
        var plan = new Planner(runbook, topology, history.header().parameters())
                .again(history.header(), TemplateContext.cluster(cluster));
        var prospects = Prospect.of(session.cluster(), plan, history, direction == Direction.RESUME);
        var shown = StatusText.tables(topology, output.style())
                + "\n"
                + ProspectText.of(history, prospects, output.style())
                + "\n";
        if (options.isDryRun()) {
            return show(shown, history, prospects);
        }
        if (!output.isQuiet()) {
            output.story().print(shown);
        }
        confirmation.require(runbook.danger(), cluster, output.story());
        var doubts = new DoubtQuestions(options, confirmation, output.story());
        var undertaking = new TakenUp(direction, history, plan, changes, options, confirmation, doubts);
        return new Conductor(session, confirmation, output).conduct(undertaking, locks);
    }

    private int show(String shown, History history, Prospect.Prospects prospects) {
        if (output.format() == OutputFormat.TABLE) {
            output.result().print(shown + "Dry run: nothing was changed.\n");
        } else {
            output.print(RunJson.prospects(history, prospects));
        }
        return ExitCode.DONE;
    }
}
