package io.heliosctl.document;

import static io.heliosctl.document.Contexts.map;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RecoveryTemplateTest {

    @Test
    void a_standby_streams_from_its_upstream() {
        assertEquals("""
                primary_conninfo = 'host=10.0.1.11 port=5432 user=replicator application_name=pgdb2 dbname=postgres'
                recovery_target_timeline = 'latest'
                """, render(Contexts.recovery(15)));
    }

    @Test
    void before_12_it_says_that_it_is_a_standby() {
        for (Object version : new Object[] {9.6, 10, 11}) {
            assertEquals(
                    "standby_mode = 'on'",
                    render(Contexts.recovery(version)).lines().findFirst().orElse(""));
        }
    }

    @Test
    void slot_password_file_parameters_and_archive_come_in() {
        Map<String, Object> values = Contexts.recovery(17);
        values.put("slot", "heliosctl_pgdb2");
        values.put("conninfo", map("sslmode", "verify-full", "options", "-c x=it's \\ here"));
        values.put("restore_command", "scp 'pgdb1:/wal/%f' %p");
        cast(values.get("postgres")).put("passfile", "/var/lib/postgresql/.pgpass");

        assertEquals("""
                primary_conninfo = 'host=10.0.1.11 port=5432 user=replicator application_name=pgdb2 dbname=postgres \
                passfile=/var/lib/postgresql/.pgpass sslmode=verify-full options=''-c x=it\\\\''s \\\\\\\\ here'''
                primary_slot_name = 'heliosctl_pgdb2'
                recovery_target_timeline = 'latest'
                restore_command = 'scp ''pgdb1:/wal/%f'' %p'
                """, render(values));
    }

    private static String render(Map<String, Object> values) {
        return Contexts.render("recovery.conf.j2", values);
    }

    @SuppressWarnings("unchecked") // Contexts makes it so
    private static Map<String, Object> cast(Object map) {
        return (Map<String, Object>) map;
    }
}
