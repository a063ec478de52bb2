/// The command line: options become requests, outcomes become exit codes.
package io.heliosctl.cli;
