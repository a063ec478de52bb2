package io.heliosctl.view;

import io.heliosctl.model.Amounts;
import io.heliosctl.model.Evidence;
import io.heliosctl.model.LossEstimate;
import io.heliosctl.model.Sighting;
import io.heliosctl.run.Suspicion;
import io.heliosctl.view.Table.Column;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Who reaches a primary that may be lost, and what promoting another would lose; as text and as plain values.
public final class FailoverText {

    private static final List<Column> EVIDENCE = List.of(
            new Column("Asked from", false),
            new Column("How", false),
            new Column("Alive", false),
            new Column("Seen", false));

    private FailoverText() {}

    /// The evidence as a table and a sentence; ends with a line feed.
    public static String of(Evidence evidence, Style style) {
        var table = new Table("Is %s alive?".formatted(evidence.suspect()), EVIDENCE);
        evidence.sightings()
                .forEach(sighting -> table.row(List.of(
                        sighting.observer(),
                        sighting.way().text(),
                        sighting.answer().text(),
                        Printable.of(sighting.detail()))));
        return table.draw(style.columns()) + Paragraph.of(Suspicion.sentence(evidence), style.columns(), 0) + "\n";
    }

    /// What would be lost, in a sentence or three; ends with a line feed.
    public static String of(LossEstimate loss, Style style) {
        return Paragraph.of(sentence(loss), style.columns(), 2) + "\n";
    }

    private static String sentence(LossEstimate loss) {
        if (loss.exact() && loss.knownBytes() == 0) {
            return loss.rest() == 0
                    ? "Loss: none; %s has everything up to %s (%s)."
                            .formatted(loss.standby(), loss.known(), loss.source())
                    : "Loss: none. %s has received %s; the rest, %s up to %s, can still be read on the old primary's host and is fetched first."
                            .formatted(loss.standby(), loss.received(), Amounts.bytes(loss.rest()), loss.known());
        }
        var text = new StringBuilder("Loss: at most %s of WAL, as far as can be known. %s has received %s; %s at %s."
                .formatted(
                        Amounts.bytes(loss.bytes()),
                        loss.standby(),
                        loss.received(),
                        "the furthest position known is " + loss.source(),
                        loss.known()));
        loss.silence()
                .ifPresent(silence ->
                        text.append(" Nothing was heard of the primary for %d s.".formatted(silence.toSeconds())));
        loss.bytesIfItWentOn()
                .ifPresent(bytes -> text.append(
                        " If it has served clients since then, it is up to %s.".formatted(Amounts.bytes(bytes))));
        return text.toString();
    }

    /// The evidence as plain values.
    public static Map<String, Object> json(Evidence evidence) {
        var json = new LinkedHashMap<String, Object>();
        json.put("suspect", evidence.suspect().value());
        json.put("verdict", Suspicion.sentence(evidence));
        json.put(
                "sightings",
                evidence.sightings().stream().map(FailoverText::json).toList());
        return json;
    }

    private static Map<String, Object> json(Sighting sighting) {
        var json = new LinkedHashMap<String, Object>();
        json.put("observer", sighting.observer());
        json.put("way", sighting.way().word());
        json.put("answer", sighting.answer().word());
        json.put("detail", sighting.detail());
        return json;
    }

    /// The loss as plain values.
    public static Map<String, Object> json(LossEstimate loss) {
        var json = new LinkedHashMap<String, Object>();
        json.put("bytes", loss.bytes());
        json.put("known_bytes", loss.knownBytes());
        json.put("bytes_if_it_went_on", loss.bytesIfItWentOn().orElse(null));
        json.put("received", loss.received().toString());
        json.put("furthest_known", loss.known().toString());
        json.put("source", loss.source());
        json.put("to_fetch_bytes", loss.rest());
        json.put(
                "silent_seconds",
                loss.silence().map(silence -> silence.toSeconds()).orElse(null));
        return json;
    }
}
