/// The words of the field as values: clusters, positions in the WAL, what was observed, what went wrong.
///
/// Imports `java.*` only, so that every other package may use it.
package io.heliosctl.model;
