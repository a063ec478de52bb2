package io.heliosctl.bed;

import io.heliosctl.cli.Puppet.Place;
import java.util.Locale;

/// Where a run stands still.
///
/// @param step its number in the plan
public record Halt(int step, Place place) {

    @Override
    public String toString() {
        return "step " + step + " " + place.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
