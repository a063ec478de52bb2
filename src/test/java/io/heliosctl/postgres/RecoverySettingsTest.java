package io.heliosctl.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.heliosctl.model.InvalidDocumentException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecoverySettingsTest {

    @Test
    void aRenderedRecoveryConfIsReadInItsOrder() {
        var settings = RecoverySettings.parse("""
                # Rendered for pgdb1.
                standby_mode = 'on'

                primary_conninfo = 'host=10.0.1.12 port=5433 user=replicator application_name=pgdb1'
                restore_command = 'scp ''10.0.1.12:/wal/%f'' %p'   # archive
                recovery_target_timeline = latest
                """);
        assertEquals(
                List.of("standby_mode", "primary_conninfo", "restore_command", "recovery_target_timeline"),
                List.copyOf(settings.values().keySet()));
        assertEquals("scp '10.0.1.12:/wal/%f' %p", settings.values().get("restore_command"));
        assertEquals("latest", settings.values().get("recovery_target_timeline"));
        assertEquals("10.0.1.12", settings.upstreamHost());
        assertEquals(5433, settings.upstreamPort());
    }

    @Test
    void fromTwelveOnTheModeIsAFileAndAnUnwantedSlotIsSwitchedOff() {
        var settings = RecoverySettings.parse("standby_mode = on\nprimary_conninfo = 'host=a'\n");
        assertEquals(Map.of("primary_conninfo", "host=a", "primary_slot_name", ""), settings.asServerSettings());
    }

    @Test
    void itsTextShowsNoPassword() {
        var settings = RecoverySettings.parse("primary_conninfo = 'host=a password=hush'\n");
        assertEquals("RecoverySettings[primary_conninfo]", settings.toString());
    }

    @Test
    void aLineThatIsNoSettingIsRefused() {
        var e = assertThrows(
                InvalidDocumentException.class,
                () -> RecoverySettings.parse("primary_conninfo = 'host=a'\nprimary_slot_name = 'open\n"));
        assertEquals(
                "line 2: primary_slot_name = 'open", e.problems().getFirst().detail());
    }

    @Test
    void aStandbyNeedsAnUpstream() {
        var e = assertThrows(InvalidDocumentException.class, () -> RecoverySettings.parse("standby_mode = on\n"));
        assertEquals("recovery.conf.j2 renders no primary_conninfo", e.getMessage());
    }
}
