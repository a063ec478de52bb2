package io.heliosctl.remote;

/// An absolute path on a host, split as the file scripts split it.
///
/// @param path absolute, normal, printable
record RemotePath(String path) {

    RemotePath {
        if (!isUsable(path)) {
            throw new IllegalArgumentException("not an absolute, normal path: " + path);
        }
    }

    /// Control characters and backslashes are refused: sha256sum(1) and sudoers(5) spell them in their own
    /// ways.
    private static boolean isUsable(String path) {
        return path.startsWith("/")
                && !(path + "/").contains("/../")
                && path.chars().noneMatch(character -> Character.isISOControl(character) || character == '\\');
    }

    String directory() {
        int slash = path.lastIndexOf('/');
        return slash == 0 ? "/" : path.substring(0, slash);
    }

    /// Where the next content waits: a name that is always the same, so that sudoers can list it.
    String temporary() {
        return beside(".heliosctl");
    }

    /// Where it is tried whether content can be written there.
    String trial() {
        return beside(".heliosctl-trial");
    }

    private String beside(String suffix) {
        int slash = path.lastIndexOf('/');
        return path.substring(0, slash + 1) + "." + path.substring(slash + 1) + suffix;
    }
}
