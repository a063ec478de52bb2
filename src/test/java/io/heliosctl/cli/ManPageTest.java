package io.heliosctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ManPageTest {

    @Test
    void beginsAsAManualPageBegins() {
        assertEquals("""
                .TH HELIOSCTL 1 "" "heliosctl development"
                .SH NAME
                heliosctl \\- Moves the primary of a PostgreSQL cluster from one host to another, over SSH.
                .SH SYNOPSIS
                """, page().substring(0, page().indexOf(".PP")));
    }

    @Test
    void hasEveryCommandAndNoLineThatRoffWouldTakeForItsOwn() {
        for (var command : new String[] {"status", "switchover", "inventory sudoers", "demo stop"}) {
            assertTrue(page().contains(".SS heliosctl " + command + "\n"), command);
        }
        var requests = page().lines()
                .filter(line -> line.startsWith("."))
                .map(line -> line.split(" ", 2)[0])
                .distinct()
                .sorted()
                .toList();
        assertEquals("[.PP, .SH, .SS, .TH, .fi, .nf]", requests.toString());
    }

    private static String page() {
        return Typed.run("generate-man-page").out();
    }
}
