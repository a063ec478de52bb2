/// Observations become verdicts.
package io.heliosctl.health;
