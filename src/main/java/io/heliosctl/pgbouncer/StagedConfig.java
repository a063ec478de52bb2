package io.heliosctl.pgbouncer;

import io.heliosctl.model.Bytes;
import io.heliosctl.model.PgbouncerSettings;
import io.heliosctl.remote.Staged;
import java.util.Optional;

/// The next configuration file of one process, on its host and not yet in its place.
///
/// @param before what was there when it was staged; absent if there was no such file
public record StagedConfig(PgbouncerSettings.Instance instance, Staged staged, Bytes content, Optional<Bytes> before) {}
