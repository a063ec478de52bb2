package io.heliosctl.postgres;

import io.heliosctl.model.Node;
import io.heliosctl.model.PostgresSettings;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.SystemId;
import io.heliosctl.remote.Ran.Exited;
import java.util.LinkedHashMap;
import java.util.Map;

/// Proves that a node may replicate from another: pg_hba.conf there and the credentials here.
final class ReplicationLogin {

    private ReplicationLogin() {}

    /// How psql is to log in. A password never is part of it: it comes from the password file.
    static String conninfo(PostgresSettings postgres, Node upstream) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("host", upstream.host());
        parameters.put("port", Integer.toString(upstream.postgres().port()));
        parameters.put("user", postgres.replicationUser());
        parameters.put("replication", "1");
        parameters.put("connect_timeout", "5");
        parameters.put("application_name", "heliosctl");
        postgres.passfile().ifPresent(file -> parameters.put("passfile", file));
        postgres.conninfo().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("ssl"))
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> parameters.put(entry.getKey(), entry.getValue()));
        return new Conninfo(parameters).toString();
    }

    /// What the other server calls itself: the first column of `IDENTIFY_SYSTEM` (PostgreSQL manual, "Streaming
    /// Replication Protocol").
    static SystemId answer(Node node, Node upstream, Exited exited) {
        var columns = exited.text().strip().split("\\|", -1);
        if (exited.ok() && columns.length >= 3 && columns[0].matches("[0-9]+")) {
            return new SystemId(columns[0]);
        }
        var said = (exited.errorText() + exited.text()).strip();
        throw new ProblemException(Problem.error(
                        "replication-login-refused",
                        "%s cannot log in for replication at %s".formatted(node.name(), upstream.name()))
                .detail(said)
                .hint(hint(node, upstream, said)));
    }

    /// PostgreSQL names pg_hba.conf where that is the reason; the password comes from a file.
    private static String hint(Node node, Node upstream, String said) {
        var user = node.postgres().replicationUser();
        if (said.contains("pg_hba.conf")) {
            return "On %s, pg_hba.conf needs a line such as: host replication %s %s/32 scram-sha-256"
                    .formatted(upstream.name(), user, node.host());
        }
        return said.contains("password")
                ? "On %s, the password file of %s needs a line for %s at %s."
                        .formatted(node.name(), node.postgres().osUser(), user, upstream.host())
                : "Let a standby on %s connect to %s as %s.".formatted(node.name(), upstream.name(), user);
    }
}
