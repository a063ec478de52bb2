package io.heliosctl.pgbouncer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PgbouncerVersionTest {

    @Test
    void showStateCameWithOneNineteen() {
        assertEquals(false, PgbouncerVersion.of("PgBouncer 1.18.0").hasShowState());
        assertEquals(true, PgbouncerVersion.of("PgBouncer 1.19.0").hasShowState());
        assertEquals(true, PgbouncerVersion.of("PgBouncer 1.25.2").hasShowState());
        assertEquals(true, PgbouncerVersion.of("PgBouncer 2.0").hasShowState());
    }

    @Test
    void whatCannotBeReadCountsAsOld() {
        assertEquals(new PgbouncerVersion(0, 0, "Odyssey 1.4"), PgbouncerVersion.of("Odyssey 1.4"));
    }
}
