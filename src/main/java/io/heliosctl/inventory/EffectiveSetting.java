package io.heliosctl.inventory;

/// One value that counts, and who said so. A secret appears only as the place it is read from.
///
/// @param path as `--set` takes it, such as `nodes.pgdb1.postgres.port`
/// @param value as written; `null` where it was taken back
public record EffectiveSetting(String cluster, String path, String value, Origin origin) {}
