package io.heliosctl.inventory;

import io.heliosctl.document.YamlList;
import io.heliosctl.inventory.Member.Section;
import io.heliosctl.inventory.Member.Setting;
import java.util.List;

/// The ways to say where a secret is read from.
final class SecretKeys {

    static final Setting<String> FILE =
            Setting.of("file", Words.LOCAL_PATH, "The first line of a file that only you can read.");
    static final Setting<String> ENV = Setting.of("env", Words.VARIABLE, "An environment variable of heliosctl.");
    static final Setting<List<String>> COMMAND =
            Setting.of("command", new YamlList<>(Words.LINE), "The first line that a command prints; no shell.");
    static final Setting<String> PROMPT = Setting.of("prompt", Words.LINE, "A question on the terminal.");

    static final Section SECRET =
            Section.of("secret", "Where to read a secret: exactly one of these.", FILE, ENV, COMMAND, PROMPT);

    private SecretKeys() {}
}
