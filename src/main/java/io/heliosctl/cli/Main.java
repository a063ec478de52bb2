package io.heliosctl.cli;

import io.heliosctl.remote.LateAnswers;

/// Where it begins.
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        LateAnswers.ignore();
        System.exit(Heliosctl.commandLine().execute(args));
    }
}
