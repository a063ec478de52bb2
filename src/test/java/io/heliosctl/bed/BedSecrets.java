package io.heliosctl.bed;

import java.security.SecureRandom;
import java.util.HexFormat;

/// The passwords of one bed, different every time.
///
/// @param checker of the database role `bed`, the superuser that tests look with
/// @param replicator of the role standbys stream with; hosts have it in `~postgres/.pgpass`
/// @param heliosctl of the role heliosctl logs in as; only PgBouncer uses it, for the write probe
/// @param app of the role the writers use
public record BedSecrets(String checker, String replicator, String heliosctl, String app) {

    private static final SecureRandom RANDOM = new SecureRandom();

    static BedSecrets create() {
        return new BedSecrets(password(), password(), password(), password());
    }

    private static String password() {
        byte[] bytes = new byte[12];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    String roles() {
        return """
                CREATE ROLE bed LOGIN SUPERUSER PASSWORD '%s';
                CREATE ROLE replicator LOGIN REPLICATION PASSWORD '%s';
                CREATE ROLE heliosctl LOGIN REPLICATION PASSWORD '%s';
                CREATE ROLE app LOGIN PASSWORD '%s';
                CREATE DATABASE app OWNER app;
                """.formatted(checker, replicator, heliosctl, app);
    }

    /// PgBouncer's `userlist.txt`: with a `peer` login it needs the password itself to log in to PostgreSQL.
    String userlist() {
        return "\"app\" \"%s\"\n\"heliosctl\" \"%s\"\n".formatted(app, heliosctl);
    }

    String passfile() {
        return "*:*:*:replicator:" + replicator + "\n";
    }
}
