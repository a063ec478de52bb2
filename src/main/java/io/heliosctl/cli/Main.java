package io.heliosctl.cli;

/// Where it begins.
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(Heliosctl.commandLine().execute(args));
    }
}
