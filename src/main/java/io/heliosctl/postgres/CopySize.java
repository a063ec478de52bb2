package io.heliosctl.postgres;

import io.heliosctl.model.Node;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.sql.Connection;
import java.sql.SQLException;

/// How much room a copy of a server needs.
final class CopySize {

    private static final String SQL = """
            select (select count(*) from pg_tablespace where spcname not in ('pg_default', 'pg_global')),
              (select sum(pg_database_size(oid)) from pg_database)::bigint
              + (select coalesce(sum(size), 0) from pg_ls_waldir())::bigint""";

    private CopySize() {}

    static long of(Node node, Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(SQL);
                var result = statement.executeQuery()) {
            result.next();
            if (result.getLong(1) > 0) {
                throw new ProblemException(
                        Problem.error("clone-tablespaces", "%s has tablespaces of its own".formatted(node.name()))
                                .detail("A copy would have them in the same places, where the old ones are.")
                                .hint("Copy it by hand: pg_basebackup with --tablespace-mapping."));
            }
            return result.getLong(2);
        }
    }
}
