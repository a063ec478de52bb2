package io.heliosctl.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliosctl.control.SwitchState.Armed;
import io.heliosctl.control.SwitchState.Disarmed;
import io.heliosctl.control.SwitchState.Fired;
import io.heliosctl.control.SwitchState.None;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.SwitchTrace;
import io.heliosctl.remote.Command;
import io.heliosctl.remote.LocalRemote;
import io.heliosctl.remote.Permit;
import io.heliosctl.remote.Ran;
import io.heliosctl.remote.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The scripts of dead-man's switches on a real shell: whatever comes at the same instant, exactly one thing
/// happens.
@Timeout(120)
class HostSwitchTest {

    private static final int RACES = 200;
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String DEED = """
            ready() { [ "$1" != refuse ] || { why='it must not'; return 1; }; }
            fire() { echo "$mode" >>"$1"; note done 'it was done'; }
            """;

    private final String key = "heliosctl-test-" + UUID.randomUUID();
    private final LocalRemote remote = new LocalRemote("here");
    private final List<HostSwitch> open = new ArrayList<>();
    private Path directory;

    @BeforeEach
    void make() throws IOException {
        directory = Files.createTempDirectory("switch");
        assertTrue(directory.toFile().setWritable(true, false)
                && directory.toFile().setExecutable(true, false));
    }

    @AfterEach
    void remove() throws IOException {
        open.forEach(HostSwitch::close);
        end(2);
        for (var path : files()) {
            Files.delete(path);
        }
        try (var left = Files.list(directory)) {
            for (var path : left.toList()) {
                Files.delete(path);
            }
        }
        Files.delete(directory);
    }

    @Test
    void firesOnceWhenNobodyComesBack() {
        var mine = ready("a", Duration.ofMillis(300));
        mine.arm(Duration.ofMillis(300));

        mine.close();

        await(() -> done("a").equals(List.of("back")));
        assertEquals(List.of(SwitchTrace.State.DONE), states());
    }

    @Test
    void neverFiresEarly() throws Exception {
        var mine = ready("a", Duration.ofSeconds(2));
        var armed = System.nanoTime();
        mine.arm(Duration.ofSeconds(2));
        await(() -> !done("a").isEmpty());
        assertTrue(System.nanoTime() - armed >= Duration.ofMillis(1980).toNanos());
    }

    @Test
    void leavesNothingOnceItIsDisarmed() {
        var mine = ready("a", LONG);
        mine.arm(LONG);

        assertInstanceOf(Disarmed.class, mine.disarm(LONG));
        assertInstanceOf(Disarmed.class, mine.disarm(LONG));

        await(() -> files().isEmpty());
        assertEquals(0, watchers());
    }

    @Test
    void leavesNothingIfItIsNeverArmed() {
        ready("a", LONG).close();

        await(() -> files().isEmpty() && watchers() == 0);
    }

    @Test
    void outlivesTheShellThatArmedItAndItsGroup() throws Exception {
        var mine = ready("a", Duration.ofMillis(500));
        var pid = watcherPids().getFirst();
        mine.arm(Duration.ofMillis(500));

        mine.close();

        assertEquals(
                pid,
                Long.parseLong(Files.readString(Path.of("/proc", Long.toString(pid), "stat"))
                        .replaceFirst("^.*\\) ", "")
                        .split(" ", -1)[3]),
                "a session of its own");
        await(() -> done("a").size() == 1);
    }

    @Test
    void isTakenOverByALaterProcessOfItsRun() {
        ready("a", LONG).arm(LONG);

        var later = create("a");
        later.ready(LONG);

        assertTrue(later.isArmed());
        assertInstanceOf(Disarmed.class, later.disarm(LONG));
        await(() -> files().isEmpty() && watchers() == 0);
    }

    @Test
    void turnsForwardAndBack() {
        var mine = ready("a", LONG);
        mine.arm(LONG);
        assertEquals("forward", assertInstanceOf(Armed.class, mine.forward()).mode());
        assertEquals("back", assertInstanceOf(Armed.class, mine.back()).mode());
        assertEquals("forward", assertInstanceOf(Armed.class, mine.forward()).mode());
        mine.disarm(LONG);
    }

    @Test
    void canBeArmedAgain() {
        var mine = ready("a", LONG);
        for (int i = 0; i < 3; i++) {
            mine.arm(LONG);
            assertInstanceOf(Disarmed.class, mine.disarm(LONG));
        }
        mine.arm(Duration.ofMillis(200));
        await(() -> done("a").size() == 1);
        assertThrows(ProblemException.class, () -> mine.renew());
        assertEquals(
                SwitchTrace.State.DONE,
                assertInstanceOf(Fired.class, mine.awaitEnd(LONG)).state());
    }

    @Test
    void saysWhyItCannotBeMadeReady() {
        var mine = new HostSwitch(
                "a", remote, new Permit(key, "a.run", 1), "run a me", new Script(DEED, List.of("refuse")));
        open.add(mine);
        var problem = assertThrows(ProblemException.class, () -> mine.ready(LONG))
                .problems()
                .getFirst();
        assertEquals("switch-refused", problem.code());
        assertEquals("here: it must not.", problem.detail());
    }

    @Test
    void nothingIsArmedOrChangedOnceALaterRunHasBegun() throws IOException {
        var mine = ready("a", LONG);
        begin(2);
        assertEquals(
                "here: a later run has begun.",
                assertThrows(ProblemException.class, () -> mine.arm(LONG))
                        .problems()
                        .getFirst()
                        .detail());
        assertFalse(mine.isArmed());
        assertInstanceOf(SwitchState.Waiting.class, mine.state());
        mine.close();
        await(() -> watchers() == 0);
    }

    @Test
    void oneThatIsArmedWhenALaterRunBeginsCanOnlyBeDisarmed() throws IOException {
        var mine = ready("a", LONG);
        mine.arm(LONG);
        begin(2);
        assertThrows(ProblemException.class, mine::renew);
        assertInstanceOf(SwitchState.Failed.class, mine.forward());
        assertEquals("back", assertInstanceOf(Armed.class, mine.state()).mode());
        assertInstanceOf(Disarmed.class, mine.disarm(LONG));
    }

    /// Whoever begins a run writes its number and then looks for armed switches; whoever arms one does it the
    /// other way round.
    @Test
    void eitherTheLaterRunSeesItArmedOrItIsNot() throws Exception {
        for (int i = 0; i < 50; i++) {
            var name = "begin" + i;
            try (var mine = ready(name, LONG)) {
                var seen = new AtomicBoolean();
                var other = Thread.ofPlatform().start(() -> {
                    begin(2);
                    seen.set(files(name).stream()
                            .anyMatch(path -> path.toString().contains(".armed.")));
                });
                try {
                    mine.arm(LONG);
                } catch (ProblemException e) {
                    assertFalse(mine.isArmed());
                }
                other.join();
                assertTrue(seen.get() || !(mine.state() instanceof Armed), name);
                mine.disarm(LONG);
                end(2);
            }
        }
    }

    @Test
    void whatComesLateIsNotPermitted() throws IOException {
        var mine = ready("a", LONG);
        assertFalse(isPermitted(mine), "not before it is armed");
        mine.arm(LONG);
        assertTrue(isPermitted(mine));
        mine.forward();
        assertFalse(isPermitted(mine), "not when the promotion is about to be sent");
        mine.back();
        assertTrue(isPermitted(mine));
        begin(2);
        assertFalse(isPermitted(mine), "not once a later run has begun");
        end(2);
        assertTrue(isPermitted(mine));
        mine.disarm(LONG);
        assertFalse(isPermitted(mine), "not when it was disarmed");
        mine.arm(Duration.ofMillis(200));
        await(() -> done("a").size() == 1);
        assertFalse(isPermitted(mine), "not when it has fired");
    }

    private boolean isPermitted(HostSwitch mine) {
        var ran = remote.run(mine.permit().guard(Command.script("echo \"$1\"", "made")));
        var exited = assertInstanceOf(Ran.Exited.class, ran);
        assertEquals(exited.ok() ? "made\n" : "", exited.text());
        assertTrue(exited.ok() || exited.status() == Permit.TOO_LATE);
        return exited.ok();
    }

    private void begin(int number) {
        try {
            Files.writeString(epoch(number), "other\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end(int number) throws IOException {
        Files.deleteIfExists(epoch(number));
    }

    private Path epoch(int number) {
        return Path.of(Files.isWritable(Path.of("/run/lock")) ? "/run/lock" : "/tmp", key + ".epoch." + number);
    }

    @Test
    void aFileThatIsGoneNeverFires() throws IOException {
        var mine = ready("a", Duration.ofSeconds(1));
        mine.arm(Duration.ofSeconds(1));
        for (var path : files()) {
            Files.delete(path);
        }
        assertInstanceOf(None.class, mine.state());
        await(() -> watchers() == 0);
        assertEquals(List.of(), done("a"));
    }

    @Test
    void ofFiringAndDisarmingExactlyOneHappens() throws Exception {
        var fired = race((mine, budget) -> mine.disarm(LONG) instanceof Disarmed);
        assertTrue(fired > 0 && fired < RACES, "it was no race: " + fired + " fired");
    }

    @Test
    void ofFiringAndTurningExactlyOneHappens() throws Exception {
        race((mine, budget) -> mine.forward() instanceof Armed && mine.disarm(LONG) instanceof Disarmed);
    }

    private interface Word {
        /// True if it was stopped from firing.
        boolean spoken(HostSwitch mine, Duration budget);
    }

    /// Says a word at about the instant when it fires; counts those that have fired.
    private int race(Word word) throws Exception {
        var fired = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(40)) {
            var all = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < RACES; i++) {
                var name = "race" + i;
                all.add(threads.submit(() -> once(name, word, fired)));
            }
            for (var one : all) {
                assertTrue(one.get());
            }
        }
        await(() -> watchers() == 0);
        return fired.get();
    }

    private boolean once(String name, Word word, AtomicInteger fired) throws Exception {
        try (var mine = create(name)) {
            var budget = Duration.ofMillis(1500);
            mine.ready(budget);
            mine.arm(budget);
            Thread.sleep(1480 + ThreadLocalRandom.current().nextInt(260));
            var stopped = word.spoken(mine, budget);
            if (stopped) {
                await(() -> files(name).isEmpty());
                assertEquals(List.of(), done(name));
            } else {
                fired.incrementAndGet();
                assertInstanceOf(Fired.class, mine.state());
                await(() -> done(name).size() == 1);
                assertEquals(1, files(name).size());
            }
            return true;
        }
    }

    private HostSwitch ready(String name, Duration budget) {
        var mine = create(name);
        mine.ready(budget);
        return mine;
    }

    private HostSwitch create(String name) {
        var deed = new Script(DEED, List.of(directory.resolve(name).toString()));
        var mine = new HostSwitch(name, remote, new Permit(key, name + ".run", 1), "run " + name + " me", deed);
        synchronized (open) {
            open.add(mine);
        }
        return mine;
    }

    private List<String> done(String name) {
        try {
            var file = directory.resolve(name);
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<SwitchTrace.State> states() {
        await(() -> new SwitchTraces(List.of(remote), key).list().stream().allMatch(SwitchTrace::hasEnded));
        var seen = new SwitchTraces(List.of(remote), key).list();
        new SwitchTraces(List.of(remote), key).forget(Optional.of("another"));
        assertEquals(seen, new SwitchTraces(List.of(remote), key).list());
        new SwitchTraces(List.of(remote), key).forget(Optional.of("run"));
        assertEquals(List.of(), files());
        return seen.stream().map(SwitchTrace::state).toList();
    }

    private List<Path> files() {
        return files("");
    }

    private List<Path> files(String name) {
        var found = new ArrayList<Path>();
        for (var place : List.of("/run/lock", "/tmp")) {
            try (var paths =
                    Files.newDirectoryStream(Path.of(place), key + ".switch." + name + (name.isEmpty() ? "*" : ".*"))) {
                paths.forEach(found::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    private long watchers() {
        return watcherPids().size();
    }

    private List<Long> watcherPids() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .filter(words ->
                                words.length > 2 && words[2].equals("heliosctl-switch") && words[3].contains(key))
                        .isPresent())
                .map(ProcessHandle::pid)
                .toList();
    }

    private static void await(BooleanSupplier condition) {
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertFalse(System.nanoTime() > end, "waited for too long");
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
