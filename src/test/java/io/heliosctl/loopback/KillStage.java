package io.heliosctl.loopback;

import java.nio.file.Path;
import java.util.TreeMap;

/// A stage that is kept from one case to the next, and made anew after one that has gone wrong.
final class KillStage implements AutoCloseable {

    private final Path states;
    private final TreeMap<Integer, Long> usual = new TreeMap<>();
    private int built;
    private boolean spoilt;
    private Stage stage;

    /// @param states where the operator's machine may keep runs and locks
    KillStage(Path states) {
        this.states = states;
        build();
    }

    private void build() {
        // A new cluster of the same name, and no memory of the old one's runs.
        stage = new Stage(states.resolve("stage" + built++));
        spoilt = false;
        // How long each step takes when nothing happens; and the classes of the one who comes back are loaded.
        var exit = stage.operator().calls(stage.bed().cluster().inventory(), "switchover", "--yes");
        if (exit != 0) {
            throw new AssertionError("a switchover does not even work undisturbed\n"
                    + stage.operator().said());
        }
        usual.putAll(stage.operator().took());
    }

    /// How long a step takes, in milliseconds.
    long usualMillis(int step) {
        return usual.getOrDefault(step, 50L);
    }

    /// After a case that has gone wrong nothing is certain: the next one gets a new cluster.
    void spoil() {
        spoilt = true;
    }

    /// What the next case is played on.
    Stage next() {
        if (spoilt) {
            close();
            build();
        }
        return stage;
    }

    @Override
    public void close() {
        stage.close();
    }
}
