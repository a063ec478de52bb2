package io.heliosctl.document;

import static io.heliosctl.document.Contexts.database;
import static io.heliosctl.document.Contexts.map;
import static io.heliosctl.document.Contexts.pooler;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.model.InvalidDocumentException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PgbouncerTemplateTest {

    @Test
    void every_database_leads_to_the_primary() {
        String ini = render(pooler(
                false,
                1,
                map(),
                List.of(database("app", "pool_size", "40"), database("app_ro", "dbname", "app"), database("*"))));

        assertEquals("""
                ; Written by heliosctl from a template; what is changed here by hand is reported as drift and refused.

                [databases]
                app = host=10.0.1.11 port=5432 dbname=app pool_size=40
                app_ro = host=10.0.1.11 port=5432 dbname=app
                * = host=10.0.1.11 port=5432

                [pgbouncer]
                listen_addr = *
                listen_port = 6432
                unix_socket_dir = /run/pgbouncer
                admin_users = heliosctl
                auth_type = md5
                auth_file = /etc/pgbouncer/userlist.txt
                pool_mode = transaction
                max_client_conn = 400
                ignore_startup_parameters = extra_float_digits
                server_login_retry = 0.1
                server_connect_timeout = 3
                query_wait_timeout = 120
                tcp_keepalive = 1
                tcp_keepidle = 10
                tcp_keepintvl = 5
                tcp_keepcnt = 3
                tcp_user_timeout = 5000
                """, ini);
    }

    @Test
    void beside_the_primary_its_socket_is_used() {
        assertEquals(
                "app = host=/var/run/postgresql port=5432 dbname=app",
                line(render(pooler(true, 1, map(), List.of(database("app")))), "app"));
    }

    @Test
    void odd_values_are_quoted() {
        String ini = render(
                pooler(false, 1, map(), List.of(database("my-app.x", "dbname", "it's", "connect_query", "select 1"))));

        assertEquals(
                "my-app.x = host=10.0.1.11 port=5432 dbname='it''s' connect_query='select 1'", line(ini, "my-app.x"));
    }

    @Test
    void names_no_pgbouncer_reads_are_refused() {
        Map<String, Object> values = pooler(false, 1, map(), List.of(database("my app")));

        InvalidDocumentException refused = assertThrows(InvalidDocumentException.class, () -> render(values));

        assertEquals(
                "this value is no name pgbouncer.ini can carry: letters, digits and _ . - only",
                refused.problems().getFirst().message());
    }

    @Test
    void settings_of_the_inventory_replace_lines_where_they_stand_and_add_others_at_the_end() {
        String ini = render(pooler(
                false, 1, map("verbose", "1", "pool_mode", "session", "application_name_add_host", "1"), List.of()));

        assertEquals("pool_mode = session", line(ini, "pool_mode"));
        assertTrue(ini.endsWith("tcp_user_timeout = 5000\nverbose = 1\napplication_name_add_host = 1\n"), ini);
    }

    @Test
    void several_processes_share_the_port() {
        assertEquals("so_reuseport = 1", line(render(pooler(false, 2, map(), List.of())), "so_reuseport"));
    }

    @Test
    void a_line_break_cannot_bring_in_another_line() {
        Map<String, Object> values = pooler(false, 1, map("logfile", "/tmp/x\nadmin_users = eve"), List.of());

        InvalidDocumentException refused = assertThrows(InvalidDocumentException.class, () -> render(values));

        assertEquals(
                "this value contains a line break, which pgbouncer.ini cannot carry",
                refused.problems().getFirst().message());
    }

    @Test
    void the_same_cluster_renders_the_same_bytes() {
        Map<String, Object> values = pooler(false, 1, map("verbose", "1"), List.of(database("app")));

        assertEquals(render(values), render(values));
    }

    private static String render(Map<String, Object> values) {
        return Contexts.render("pgbouncer.ini.j2", values);
    }

    private static String line(String ini, String name) {
        return ini.lines()
                .filter(line -> line.startsWith(name + " = "))
                .findFirst()
                .orElse("");
    }
}
