package io.heliosctl.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Who works on a run, from where, and why.
///
/// @param user of the operating system
/// @param sudoer who became that user by sudo, if somebody did
/// @param host the machine it is done from
/// @param pid the process there
/// @param reason as given by `--reason`; may be empty
public record Caller(String user, Optional<String> sudoer, String host, long pid, String version, String reason) {

    /// This process.
    public static Caller here(String version, String reason) {
        return new Caller(
                System.getProperty("user.name", "-"),
                Optional.ofNullable(System.getenv("SUDO_USER")).filter(name -> !name.isEmpty()),
                machine(),
                ProcessHandle.current().pid(),
                version,
                reason);
    }

    /// The name of this machine, as its kernel has it.
    static String machine() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return Optional.ofNullable(System.getenv("HOSTNAME")).orElse("-");
        }
    }

    Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("user", user);
        sudoer.ifPresent(name -> fields.put("sudo_user", name));
        fields.put("host", host);
        fields.put("pid", pid);
        fields.put("version", version);
        fields.put("reason", JournalProblems.cut(reason));
        return fields;
    }
}
