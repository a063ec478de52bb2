package io.heliosctl.pgbouncer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.model.PoolerState.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IniFileTest {

    @Test
    void whatIsNotSaidIsPgbouncersDefault() {
        assertEquals(
                List.of(new Route("app", Optional.empty(), 5432, "app", "session")),
                IniFile.of("[databases]\napp =\n").routes());
    }

    @Test
    void aWholeFileLeadsEachDatabaseItsWay() {
        var file = IniFile.of("""
                ; comment = no
                %include /etc/pgbouncer/more.ini
                [users]
                app = pool_mode=session
                [databases]
                # app = host=10.0.0.9
                app = host=10.0.1.11 port=5433 dbname=app_v2 pool_size=40
                  app_ro=  host = 'pg db''s' port = 5434   pool_mode = statement
                'my app' = host=/var/run/postgresql
                "your ""app" = host=a,b
                app_old = host=10.0.1.9
                app_old = host=10.0.1.10
                * = host=10.0.1.11
                [pgbouncer]
                pool_mode = transaction
                """);
        assertEquals(
                List.of(
                        new Route("app", Optional.of("10.0.1.11"), 5433, "app_v2", "transaction"),
                        new Route("app_ro", Optional.of("pg db's"), 5434, "app_ro", "statement"),
                        new Route("my app", Optional.of("/var/run/postgresql"), 5432, "my app", "transaction"),
                        new Route("your \"app", Optional.of("a,b"), 5432, "your \"app", "transaction"),
                        new Route("app_old", Optional.of("10.0.1.10"), 5432, "app_old", "transaction"),
                        new Route("*", Optional.of("10.0.1.11"), 5432, "*", "transaction")),
                file.routes());
    }

    @Test
    void aSecondSectionBeginsFromTheDefaults() {
        assertEquals(
                Map.of("pool_mode", "session"),
                IniFile.of("[pgbouncer]\nmax_client_conn = 5\n[pgbouncer]\npool_mode = session\n")
                        .settings());
    }

    @Test
    void aLinePgbouncerWouldRefuseLeadsNowhere() {
        assertEquals(
                List.of(),
                IniFile.of("[databases]\nmy app = host=a\n= host=b\napp\n").routes());
    }

    @Test
    void linesMayEndInTheDosManner() {
        assertEquals(
                List.of(new Route("app", Optional.of("a"), 5432, "app", "session")),
                IniFile.of("[databases]\r\napp = host=a\r\n").routes());
    }
}
