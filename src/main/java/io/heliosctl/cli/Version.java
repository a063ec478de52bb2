package io.heliosctl.cli;

import picocli.CommandLine.IVersionProvider;

/// The version of this program, from its jar.
final class Version implements IVersionProvider {

    /// Such as `0.1.0`; `development` outside a jar.
    static String number() {
        var version = Heliosctl.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"heliosctl " + number(), "Java " + Runtime.version()};
    }
}
