/// The YAML form of runbooks, and the one switch that lists all verbs.
package io.heliosctl.runbook;
