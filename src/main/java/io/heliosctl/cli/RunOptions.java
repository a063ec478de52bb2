package io.heliosctl.cli;

import io.heliosctl.document.YamlDuration;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// Options of every command that changes a cluster.
final class RunOptions {

    @Option(
            names = {"-n", "--dry-run"},
            description = "Prove and show what would be done, and do nothing.")
    private boolean dryRun;

    @Option(
            names = "--accept-drift",
            description = "Go on although a live pgbouncer.ini is not what its template makes. The diff is shown.")
    private boolean acceptDrift;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Kept in the journal of the run.")
    private String reason = "";

    @Option(
            names = "--break-lock",
            paramLabel = "RUN",
            description = "Break the locks that this run left behind on the hosts. Only if it is dead for certain.")
    private String breakLock;

    boolean isDryRun() {
        return dryRun;
    }

    boolean acceptsDrift() {
        return acceptDrift;
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
