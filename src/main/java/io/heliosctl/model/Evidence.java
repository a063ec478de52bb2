package io.heliosctl.model;

import io.heliosctl.model.Sighting.Answer;
import io.heliosctl.model.Sighting.Way;
import java.util.List;

/// What everybody who could be asked says of a primary that may be lost.
///
/// @param suspect the primary
/// @param sightings in the order of the inventory, what was seen from here first
/// @param unreached hosts other than the suspect's that could not be reached from here, by the names of their nodes and
///     poolers
/// @param hosts how many hosts the cluster has, the suspect's among them
public record Evidence(NodeName suspect, List<Sighting> sightings, List<String> unreached, int hosts) {

    public Evidence {
        sightings = List.copyOf(sightings);
        unreached = List.copyOf(unreached);
    }

    /// Those elsewhere for whom PostgreSQL is alive there.
    public List<Sighting> reachedElsewhere() {
        return sightings.stream()
                .filter(sighting -> !sighting.isFromHere() && sighting.way() != Way.SSH)
                .filter(sighting -> sighting.answer() == Answer.ALIVE)
                .toList();
    }

    /// Those elsewhere who have tried to reach PostgreSQL there and could not.
    public List<Sighting> agreeing() {
        return sightings.stream()
                .filter(sighting -> !sighting.isFromHere() && sighting.way() != Way.SSH)
                .filter(sighting -> sighting.answer() == Answer.SILENT)
                .toList();
    }

    /// True if so much else cannot be reached from here that the reason is rather here than there: at least half of
    /// all hosts, and not the suspect's alone.
    public boolean isRatherUs() {
        var dark = unreached.size() + (isHostReached() ? 0 : 1);
        return !unreached.isEmpty() && 2 * dark >= hosts;
    }

    /// True if the suspect's host answers here, whatever runs on it.
    private boolean isHostReached() {
        return sightings.stream()
                .anyMatch(sighting ->
                        sighting.isFromHere() && sighting.way() == Way.SSH && sighting.answer() == Answer.ALIVE);
    }
}
