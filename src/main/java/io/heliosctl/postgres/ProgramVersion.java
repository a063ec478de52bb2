package io.heliosctl.postgres;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.ServerVersion;
import java.util.regex.Pattern;

/// Reads what `pg_ctl --version` prints: `pg_ctl (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`, `… 9.6.24`, `…
/// 18beta1`.
final class ProgramVersion {

    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ([0-9]+)(?:\\.([0-9]+))?(?:\\.([0-9]+))?");

    private ProgramVersion() {}

    static ServerVersion parse(String text) {
        var matcher = VERSION.matcher(text);
        if (!matcher.find()) {
            throw new ProblemException(Problem.error("program-version", "pg_ctl --version is not understood")
                    .detail(text.isBlank() ? "It printed nothing." : text.strip()));
        }
        var major = Integer.parseInt(matcher.group(1));
        var second = number(matcher.group(2));
        return new ServerVersion(
                major >= 10 ? major * 10_000 + second : major * 10_000 + second * 100 + number(matcher.group(3)));
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
