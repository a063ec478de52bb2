package io.heliosctl.postgres;

import io.heliosctl.model.InvalidDocumentException;
import io.heliosctl.model.Problem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What makes a server a standby of another: the settings that `recovery.conf.j2` renders, in their order.
///
/// @param values by name in lower case; unquoted
public record RecoverySettings(Map<String, String> values) {

    public RecoverySettings {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /// Reads the text of a recovery.conf.
    ///
    /// @throws InvalidDocumentException if a line is no setting, or `primary_conninfo` is missing
    public static RecoverySettings parse(String rendered) {
        var values = new LinkedHashMap<String, String>();
        var number = 0;
        for (var line : rendered.lines().toList()) {
            number++;
            switch (ConfigLine.read(line)) {
                case ConfigLine.Setting setting -> values.put(setting.name(), setting.value());
                case ConfigLine.Other other when other.isBlank() -> {}
                case ConfigLine.Other other ->
                    throw new InvalidDocumentException(
                            Problem.error("recovery-template", "recovery.conf.j2 renders a line that is no setting")
                                    .detail("line %d: %s".formatted(number, other.text())));
            }
        }
        if (!values.containsKey("primary_conninfo")) {
            throw new InvalidDocumentException(
                    Problem.error("recovery-template", "recovery.conf.j2 renders no primary_conninfo"));
        }
        return new RecoverySettings(values);
    }

    /// Those of a standby that streams from nobody, and reads what its pg_wal holds.
    static RecoverySettings ofNobody() {
        return new RecoverySettings(Map.of("primary_conninfo", ""));
    }

    /// The settings as they go into `postgresql.auto.conf` from PostgreSQL 12 on: `standby_mode` has become the
    /// file `standby.signal`, and a slot that is not asked for is switched off, lest an older one stay in
    /// force.
    Map<String, String> asServerSettings() {
        var all = new LinkedHashMap<>(values);
        all.remove("standby_mode");
        all.putIfAbsent("primary_slot_name", "");
        return all;
    }

    /// Where the upstream is.
    public String upstreamHost() {
        return conninfo().host().orElse("");
    }

    public int upstreamPort() {
        return conninfo().port();
    }

    private Conninfo conninfo() {
        return Conninfo.parse(values.getOrDefault("primary_conninfo", ""));
    }

    /// The names only: values may hold a password.
    @Override
    public String toString() {
        return "RecoverySettings" + values.keySet();
    }
}
