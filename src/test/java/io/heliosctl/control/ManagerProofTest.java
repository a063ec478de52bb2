package io.heliosctl.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What counts as another manager, and what only looks like one. `|` stands for the end of a word.
class ManagerProofTest {

    @ParameterizedTest
    @CsvSource({
        "patroni, process|812|/usr/bin/python3|/usr/bin/patroni|/etc/patroni/config.yml|",
        "patroni, process|812|/opt/venv/bin/patroni|/etc/patroni.yml|",
        "patroni, process|812|python3|-m|patroni|/etc/patroni.yml|",
        "patroni, process|812|/usr/bin/python3|-u|/srv/patroni/patroni.py|postgres0.yml|",
        "repmgrd, process|7|/usr/lib/postgresql/15/bin/repmgrd|-f|/etc/repmgr.conf|",
        "pg_autoctl, process|9|/usr/bin/pg_autoctl|run|",
        "pg_autoctl, process|9|/usr/bin/pg_autoctl|do|service|postgres|--pgdata|/data|",
        "pg_autoctl, process|9|pg_autoctl: node active|||",
        "pacemaker, process|5|/usr/sbin/pacemakerd|",
        "pacemaker, process|5|/usr/sbin/corosync|-f|",
        "patroni, unit|patroni.service|running",
        "patroni, unit|patroni@15-main.service|auto-restart",
        "repmgrd, unit|repmgrd.service|running",
        "repmgrd, unit|repmgr15.service|running",
        "repmgrd, unit|repmgr-15.service|running",
        "pg_autoctl, unit|pgautofailover.service|running",
        "pacemaker, unit|corosync.service|running",
    })
    void isAtWork(String manager, String line) {
        var seen = ManagerProof.seen(separated(line));
        assertEquals(Set.of(manager), seen.keySet());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "process|812|vim|/etc/patroni/patroni.yml|",
                "process|812|python3|/usr/bin/patronictl|list|",
                "process|812|python3|-c|import patroni|",
                "process|812|python3|-m|http.server|--directory|/srv/patroni|",
                "process|812|python3|/usr/bin/yamllint|patroni.yml|",
                "process|812||",
                "process|812|",
                "process|9|pg_autoctl|show|state|",
                "unit|repmgrd.service|exited",
                "unit|patroni-exporter.service|running",
                "unit|pacemaker-exporter.service|running",
                "something else",
                ""
            })
    void isNot(String line) {
        assertEquals(Map.of(), ManagerProof.seen(separated(line)));
    }

    /// A command line may hold a password, so it is not shown.
    @Test
    void tellsTheProcessAndNothingOfItsWords() {
        assertEquals(
                Map.of("patroni", "process 812"),
                ManagerProof.seen(separated("process|812|/usr/bin/patroni|--password=hush|")));
    }

    private static String separated(String line) {
        return line.replace('|', '\u001f');
    }
}
