package io.heliosctl.inventory;

import io.heliosctl.model.Place;

/// Who said so.
public sealed interface Origin {

    /// Nobody: it is heliosctl's own default.
    record BuiltIn() implements Origin {
        @Override
        public String toString() {
            return "built in";
        }
    }

    /// A line of the inventory.
    record Written(Place place) implements Origin {
        @Override
        public String toString() {
            return place.file() + ":" + place.line();
        }
    }

    /// The command line.
    ///
    /// @param argument what stood after `--set`
    record CommandLine(String argument) implements Origin {
        @Override
        public String toString() {
            return Overrides.ORIGIN + " " + argument;
        }
    }

    /// Every value carries its place; two files exist only in our heads.
    static Origin of(Place place) {
        if (place.equals(Layers.BUILT_IN)) {
            return new BuiltIn();
        }
        return place.file().equals(Overrides.ORIGIN) ? new CommandLine(place.source()) : new Written(place);
    }
}
