package io.heliosctl.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConninfoTest {

    @Test
    void keywordsAndValuesAreReadAsLibpqDoes() {
        assertEquals(
                Map.of("host", "10.0.1.12", "port", "5433", "password", "it's \\me", "user", "a b", "dbname", ""),
                Conninfo.parse("host=10.0.1.12  port = 5433 password='it\\'s \\\\me' user=a\\ b dbname=''")
                        .parameters());
    }

    @Test
    void onlyTheAddressIsShown() {
        assertEquals(
                "host=10.0.1.12 port=5432",
                Conninfo.parse("password=hush host=10.0.1.12").address());
        assertEquals(
                "host=10.0.1.12 port=5432", Conninfo.parse("hostaddr=10.0.1.12").address());
        assertEquals("", Conninfo.parse("").address());
        assertEquals("", Conninfo.parse("nonsense").address());
    }

    @Test
    void aUriTellsItsAddress() {
        assertEquals(
                "host=db.example.net port=5433",
                Conninfo.parse("postgresql://u:hush@db.example.net:5433/x?sslmode=require")
                        .address());
        assertEquals("", Conninfo.parse("postgres://a b").address());
    }

    @Test
    void whatIsWrittenIsReadBack() {
        var all = new LinkedHashMap<String, String>();
        all.put("host", "10.0.1.12");
        all.put("passfile", "/home/a b/it's");
        all.put("application_name", "back\\slash");
        all.put("options", "");
        var written = new Conninfo(all).toString();
        assertEquals("host=10.0.1.12 passfile='/home/a b/it\\'s' application_name='back\\\\slash' options=''", written);
        assertEquals(all, Conninfo.parse(written).parameters());
    }
}
