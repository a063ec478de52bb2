package io.heliosctl.loopback;

import io.heliosctl.cli.Puppet.Place;

/// Where a run is killed.
///
/// @param step its number in the plan of a switchover
record KillPoint(int step, Place place) {

    @Override
    public String toString() {
        return "step " + step + " " + place.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
