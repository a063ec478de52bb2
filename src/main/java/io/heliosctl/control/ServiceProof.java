package io.heliosctl.control;

import io.heliosctl.model.Node;
import io.heliosctl.model.NodeState.Running;
import io.heliosctl.model.Problem;
import io.heliosctl.postgres.ServiceFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Whether a node's unit, programs and data directory are what the inventory says, and let themselves be
/// stopped.
record ServiceProof(LiveNode live) {

    private static final Duration SHORT_STOP = Duration.ofSeconds(60);

    Findings findings() {
        var node = live.node();
        var name = node.name().value();
        var running = live.observe() instanceof Running;
        var findings = live.server()
                .service()
                .map(facts -> Findings.of(
                        service(node, facts, running),
                        name,
                        "unit %s is loaded; it restarts by itself: %s; a stop may take %s"
                                .formatted(
                                        node.postgres().service().orElse(""),
                                        facts.restart(),
                                        facts.stopTimeout()
                                                .map(ServiceProof::shown)
                                                .orElse("for ever"))))
                .orElse(Findings.none());
        return live.observe() instanceof Running state ? findings.and(identity(state)) : findings;
    }

    private static String shown(Duration limit) {
        return limit.toSeconds() % 60 == 0 ? limit.toMinutes() + " min" : limit.toSeconds() + " s";
    }

    private static List<Problem> service(Node node, ServiceFacts facts, boolean runs) {
        var unit = node.postgres().service().orElse("");
        if (!facts.loadState().equals("loaded")) {
            return List.of(
                    Problem.error("unit-not-loaded", "%s: unit %s cannot be started".formatted(node.name(), unit))
                            .detail("systemd says: %s.".formatted(facts.loadState()))
                            .hint("Correct \"service\" in the inventory, or unmask the unit."));
        }
        if (runs && !facts.isActive()) {
            return List.of(Problem.error(
                            "unit-not-active", "%s: PostgreSQL runs, but not as unit %s".formatted(node.name(), unit))
                    .detail("systemd says of that unit: %s. Starting it would start another server, or none."
                            .formatted(facts.activeState()))
                    .hint(
                            "Correct \"service\" in the inventory; \"systemctl status PID\" on the host names the unit of a "
                                    + "process."));
        }
        var problems = new ArrayList<Problem>();
        if (facts.stopTimeout().filter(limit -> limit.compareTo(SHORT_STOP) < 0).isPresent()) {
            problems.add(Problem.warning("unit-impatient", "%s: unit %s is killed early".formatted(node.name(), unit))
                    .detail("Its TimeoutStopSec is %d s; a shutdown checkpoint may take longer."
                            .formatted(facts.stopTimeout().get().toSeconds()))
                    .hint("Raise TimeoutStopSec."));
        }
        if (facts.restartsAfterStop()) {
            problems.add(restarts(node, unit, facts.restart()));
        }
        return problems;
    }

    /// heliosctl asks systemd itself to stop such a unit, so that it stays down; whoever uses pg_ctl brings it
    /// back.
    private static Problem restarts(Node node, String unit, String restart) {
        return Problem.warning(
                        "unit-restarts", "%s: unit %s starts again after every stop".formatted(node.name(), unit))
                .detail(
                        ("Its Restart= is \"%s\". heliosctl has systemd stop it, which systemd respects; a stop by pg_ctl, "
                                        + "or one that another tool makes, would be undone.")
                                .formatted(restart))
                .hint("Set Restart=on-failure or Restart=no: \"systemctl edit %s\" on %s."
                        .formatted(unit, node.name()));
    }

    private Findings identity(Running state) {
        var name = live.node().name();
        live.requireIdentity();
        var identity = state.identity();
        var same = Findings.proved(
                name.value(), "%s is the data directory of the server that runs".formatted(identity.dataDirectory()));
        var programs = live.server().programVersion();
        var version = identity.version();
        if (!programs.major().equals(version.major())) {
            return same.and(Findings.of(
                    List.of(Problem.error("other-programs", name + ": the programs are of another major version")
                            .detail("%s has %s, and the server runs %s."
                                    .formatted(live.node().postgres().binDir(), programs, version))
                            .hint("Correct \"bin_dir\" in the inventory."))));
        }
        return same.and(
                Findings.proved(name.value(), "programs are %s, the server is %s".formatted(programs, version)));
    }
}
