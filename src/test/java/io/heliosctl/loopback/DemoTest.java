package io.heliosctl.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.demo.Demo;
import java.nio.file.Files;
import java.util.ArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the demo says and returns when the switchover in it goes wrong.
@Tag("loopback")
class DemoTest {

    @Test
    void itsExitCodeIsTheOneOfAFailedSwitchover() {
        var said = new ArrayList<String>();
        var directory = LoopbackBed.directory().resolve("demo");
        var demo = new Demo(directory, said::add);
        try {
            assertEquals(5, demo.start(inventory -> 5));
            assertTrue(said.contains("The switchover failed (exit code 5); what it said is above."), said::toString);
            assertTrue(said.contains("  errors        0"), said::toString);
        } finally {
            demo.stop();
        }
        assertFalse(Files.exists(directory));
        said.clear();
        demo.stop();
        assertEquals("[No demo in %s, nothing to stop]".formatted(directory), said.toString());
    }
}
