/// The vocabulary of runbooks: one record per verb. Order lives in YAML; each step looks after its own
/// safety.
package io.heliosctl.step;
