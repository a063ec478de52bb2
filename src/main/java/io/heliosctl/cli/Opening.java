package io.heliosctl.cli;

import io.heliosctl.model.Evidence;
import io.heliosctl.model.LossEstimate;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.Topology;
import io.heliosctl.run.LostPrimaries;
import io.heliosctl.run.Plan;
import io.heliosctl.run.RefusedException;
import io.heliosctl.run.Suspicion;
import io.heliosctl.runbook.Runbook;
import io.heliosctl.step.Promote;
import io.heliosctl.view.FailoverText;
import io.heliosctl.view.Style;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What comes before a plan. For a runbook about a lost primary that is the question whether it is lost, put to
/// everybody who can be asked; for any other there is nothing.
///
/// @param topology as it was seen by the best way that leads to each host
/// @param parameters with what was learnt on the way
/// @param evidence who reaches the primary; empty if that was no question
record Opening(Session session, Topology topology, Map<String, String> parameters, Optional<Evidence> evidence) {

    /// Asks whatever is to be asked.
    ///
    /// @throws RefusedException if the primary is not lost, or cannot be fenced
    static Opening of(
            Runbook runbook,
            Session session,
            Topology topology,
            Map<String, String> parameters,
            RunOptions run,
            Confirmation confirmation,
            OutputOptions output) {
        if (!LostPrimaries.isAbout(runbook)) {
            return new Opening(session, topology, parameters, Optional.empty());
        }
        var lost = LostPrimaries.of(topology, node(topology, parameters, "from"));
        var evidence = session.cluster().failover().evidence(lost);
        // On the way another path to its host may have been found.
        var seen = session.observe();
        var opening = new Opening(session, seen, parameters, Optional.of(evidence));
        if (!output.isQuiet() && !run.isDryRun()) {
            output.story().print(FailoverText.of(evidence, output.style()));
        }
        var ratherThanStart = "true".equals(parameters.get("rather_than_start"));
        Suspicion.objection(seen, evidence, ratherThanStart).ifPresent(problem -> {
            if (run.isDryRun()) {
                output.story().print(FailoverText.of(evidence, output.style()));
            }
            throw new RefusedException(problem);
        });
        return opening.attested(lost, run, confirmation, output);
    }

    /// A node that was named and is not there is told by the planner.
    private static Optional<NodeName> node(Topology topology, Map<String, String> parameters, String name) {
        return Optional.ofNullable(parameters.get(name))
                .filter(NodeName.ALLOWED.asMatchPredicate())
                .map(NodeName::new)
                .filter(node -> topology.cluster().find(node).isPresent());
    }

    private Opening attested(NodeName lost, RunOptions run, Confirmation confirmation, OutputOptions output) {
        var given = Optional.ofNullable(parameters.get("fenced"));
        if (given.isPresent()) {
            if (!given.get().equals(lost.value())) {
                throw new RefusedException(
                        Problem.error("fenced-another", "%s is not the lost primary".formatted(given.get()))
                                .detail("The lost primary is %s.".formatted(lost))
                                .hint("Make sure which host is off; then say so with --fenced %s.".formatted(lost)));
            }
            return this;
        }
        var unreached = topology.state(lost) instanceof NodeState.Unreachable
                && !session.cluster().isReached(lost);
        if (!unreached || topology.cluster().node(lost).fence().isPresent()) {
            return this;
        }
        if (run.isDryRun() || !confirmation.attests(lost, output.story())) {
            throw new RefusedException(
                    Problem.error("not-fenced", "nobody can make sure that %s does not write".formatted(lost))
                            .detail("No way leads to its host: not from here, and not through any other host.")
                            .hint("Cut its power, then say so: --fenced %s".formatted(lost)));
        }
        var more = new LinkedHashMap<>(parameters);
        more.put("fenced", lost.value());
        return new Opening(session, topology, more, evidence);
    }

    /// What to read beside the plan; empty if there was nothing to ask.
    String told(Plan plan, Style style, boolean withEvidence) {
        var text = new StringBuilder();
        evidence.filter(each -> withEvidence)
                .ifPresent(each -> text.append(FailoverText.of(each, style)).append('\n'));
        loss(plan).ifPresent(each -> text.append(FailoverText.of(each, style)).append('\n'));
        return text.toString();
    }

    /// The same for programs, added to the plan's document.
    Map<String, Object> json(Plan plan, Map<String, Object> document) {
        var all = new LinkedHashMap<>(document);
        evidence.ifPresent(each -> all.put("evidence", FailoverText.json(each)));
        loss(plan).ifPresent(each -> all.put("loss", FailoverText.json(each)));
        return all;
    }

    private Optional<LossEstimate> loss(Plan plan) {
        if (evidence.isEmpty()) {
            return Optional.empty();
        }
        var failover = session.cluster().failover();
        try {
            return plan.parts(Promote.class).findFirst().map(promote -> failover.loss(promote.target(), promote.of()));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }
}
