package io.heliosctl.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// One database clients reach through the poolers.
///
/// @param name what clients ask for; `*` is PgBouncer's fallback for names not listed
/// @param options further words of the line in pgbouncer.ini, such as `dbname` and `pool_size`, in the order
///     written
public record Database(String name, Map<String, String> options) {

    public Database {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }
}
