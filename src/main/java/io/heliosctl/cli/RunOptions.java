package io.heliosctl.cli;

import io.heliosctl.control.Proofs;
import io.heliosctl.document.YamlDuration;
import io.heliosctl.run.SavedPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// Options of every command that changes a cluster.
final class RunOptions {

    @Option(
            names = {"-n", "--dry-run"},
            description = "Prove and show what would be done, and do nothing.")
    private boolean dryRun;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "With --dry-run: save the plan as JSON, for --plan. A plan of that name is replaced, any other "
                            + "file is not.")
    private Path out;

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description =
                    "Make the plan that was saved by --out. Refused if the cluster, the runbook, the inventory or "
                            + "what the hosts would be told is not as it was.")
    private Path plan;

    @Option(
            names = "--accept-drift",
            description = "Go on although a live pgbouncer.ini is not what its template makes. The diff is shown.")
    private boolean acceptDrift;

    @Option(
            names = "--accept-manager",
            paramLabel = "NAME",
            description = "Go on although patroni, repmgrd, pg_autoctl or pacemaker is at work on a node. Only if it "
                    + "manages something else. Repeatable.")
    private Set<String> acceptedManagers = new LinkedHashSet<>();

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Kept in the journal of the run.")
    private String reason = "";

    @Option(
            names = "--break-lock",
            paramLabel = "RUN",
            description = "Break the locks that this run left behind on the hosts. Only if it is dead for certain.")
    private String breakLock;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private Optional<SavedPlan> saved = Optional.empty();

    /// Where the plan is to be saved.
    Optional<Path> out() {
        return Optional.ofNullable(out);
    }

    /// The saved plan that is to be made, read once.
    ///
    /// @throws io.heliosctl.model.InvalidDocumentException if it is none
    Optional<SavedPlan> saved() {
        if (plan != null && saved.isEmpty()) {
            saved = Optional.of(new PlanFile(plan).read());
        }
        return saved;
    }

    /// The same, for the command of one runbook.
    ///
    /// @param cluster as it was given beside it
    /// @param parameters as they were given beside it
    /// @throws ParameterException if it is a plan of another runbook, or says something else
    Optional<SavedPlan> saved(String runbook, Optional<String> cluster, Map<String, String> parameters) {
        check(cluster.isPresent());
        saved().ifPresent(saved -> {
            if (!saved.runbook().equals(runbook)) {
                throw misuse("this is a plan of %s: heliosctl run --plan %s".formatted(saved.runbook(), plan));
            }
            // The commands about one node do not go without it.
            check(!parameters.isEmpty() && !parameters.equals(saved.parameters()));
        });
        return saved();
    }

    /// That what was given goes together.
    ///
    /// @param more whether anything was given that a saved plan has in itself
    /// @throws ParameterException if it does not
    void check(boolean more) {
        if (out != null && !dryRun) {
            throw misuse("--out saves the plan of a --dry-run, and there is no --dry-run");
        }
        if (out != null && plan != null) {
            throw misuse("--plan makes a plan that is saved already; --out is of no use with it");
        }
        if (plan != null && more) {
            throw misuse("--plan has cluster, runbook and parameters in it; give none of them: heliosctl run --plan %s"
                    .formatted(plan));
        }
        for (var name : acceptedManagers) {
            if (!Proofs.MANAGERS.contains(name)) {
                throw misuse("--accept-manager takes %s, not \"%s\""
                        .formatted(String.join(", ", new TreeSet<>(Proofs.MANAGERS)), name));
            }
        }
        out().ifPresent(file -> new PlanFile(file).requireFree());
    }

    private ParameterException misuse(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    boolean isDryRun() {
        return dryRun;
    }

    boolean acceptsDrift() {
        return acceptDrift;
    }

    /// HA managers that are known to manage something else.
    Set<String> acceptedManagers() {
        return Set.copyOf(acceptedManagers);
    }

    /// The run whose locks may be broken.
    Optional<String> breakLock() {
        return Optional.ofNullable(breakLock);
    }

    String reason() {
        return reason;
    }

    /// Checks a time on the command line and keeps it as written: `10s`.
    static final class DurationText implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            if (new YamlDuration().parse(value).isEmpty()) {
                throw new TypeConversionException("'%s' is not %s".formatted(value, new YamlDuration().rule()));
            }
            return value;
        }
    }

    /// The time a text stands for.
    static Duration duration(String text) {
        return new YamlDuration().parse(text).orElse(Duration.ZERO);
    }
}
