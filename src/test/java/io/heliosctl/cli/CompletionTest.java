package io.heliosctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {

    @TempDir
    private Path directory;

    @Test
    void bashCompletesCommandsAndOptions() throws Exception {
        assertEquals("status\nswitchover\n", completed("heliosctl", "s"));
        assertEquals("--drain\n--dry-run\n", completed("heliosctl", "switchover", "--dr"));
        assertEquals("check\n", completed("heliosctl", "inventory", "ch"));
    }

    private String completed(String... words) throws Exception {
        var script = Files.writeString(
                directory.resolve("completion"),
                Typed.run("generate-completion").out());
        var bash = new ProcessBuilder("bash", "-c", """
                        compopt() { :; }
                        . "$0" && COMP_WORDS=("$@") && COMP_CWORD=$(($# - 1)) && COMP_LINE="$*" && COMP_POINT=${#COMP_LINE}
                        _complete_heliosctl heliosctl "${COMP_WORDS[COMP_CWORD]}" && printf '%s\\n' "${COMPREPLY[@]}" | sort
                        """, script.toString());
        bash.command().addAll(List.of(words));
        var process = bash.redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
