package io.heliosctl.cli;

/// How a result is printed.
enum OutputFormat {
    TABLE,
    JSON,
    YAML
}
