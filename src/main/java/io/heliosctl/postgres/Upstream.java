package io.heliosctl.postgres;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Whom a running standby follows, changed for a while and put back: the settings are afterwards what they were
/// before, byte for byte.
public final class Upstream {

    static final String RELOAD = "select pg_reload_conf()";

    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final StandbyFiles files;
    private final Sql sql;
    private final Operation operation;

    Upstream(StandbyFiles files, Sql sql, Operation operation) {
        this.files = files;
        this.sql = sql;
        this.operation = operation;
    }

    /// Writes the settings that [PostgresServer#follow] would write, and keeps a copy of what was there; after
    /// [#end], of what was there before that.
    public void change(RecoverySettings settings) {
        if (files.isKept(List.of(RecoverySettings.ofNobody()))) {
            files.change(settings);
        } else {
            files.prepare(settings);
        }
    }

    /// Lets the standby stream from nobody, so that it reads what its pg_wal holds.
    public void end(Duration limit) {
        files.prepare(RecoverySettings.ofNobody());
        take(limit);
    }

    /// Takes [#change] and [#end] back.
    ///
    /// @param given the settings that it may have been given
    /// @return whether there was anything to take back
    public boolean takeBack(List<RecoverySettings> given, Duration limit) {
        var restored = restore(given);
        if (restored) {
            take(limit);
        }
        return restored;
    }

    /// The same where nobody reads the settings any more: a primary follows nobody.
    public boolean restore(List<RecoverySettings> given) {
        var changes = new ArrayList<>(given);
        changes.add(RecoverySettings.ofNobody());
        return files.restore(changes);
    }

    /// Makes the server read its settings.
    void take(Duration limit) {
        if (Dialect.of(sql.read(ANSWER, Sql::version)).followsByReload()) {
            reload();
        } else {
            operation.restart(limit);
        }
    }

    void reload() {
        sql.command(ANSWER, connection -> {
            try (var statement = connection.prepareStatement(RELOAD)) {
                return statement.execute();
            }
        });
    }
}
