package io.heliosctl.document;

import io.heliosctl.document.Yaml.Entries;
import io.heliosctl.document.Yaml.Entry;
import io.heliosctl.document.Yaml.Items;
import io.heliosctl.document.Yaml.Text;
import io.heliosctl.document.Yaml.Unread;
import io.heliosctl.model.Place;
import io.heliosctl.model.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/// Builds the tree from the parser's events. They are one step before SnakeYAML's own nodes: a node no longer
/// tells `!!str x` from `x`, and a resolver has been at it.
final class YamlTree {

    private static final int DEEPEST = 50;

    private final YamlSource source;
    private final Problems problems;
    private final ParserImpl parser;

    YamlTree(YamlSource source, Problems problems) {
        this.source = source;
        this.problems = problems;
        this.parser = new ParserImpl(new StreamReader(source.text()), new LoaderOptions());
    }

    Optional<Yaml> read() {
        try {
            parser.getEvent();
            if (parser.peekEvent() instanceof StreamEndEvent) {
                problems.add(Problem.error("empty-file", "there is nothing in this file")
                        .hint("Is it the right file?")
                        .at(source.at(0, 0)));
                return Optional.empty();
            }
            var tree = document();
            if (!(parser.peekEvent() instanceof StreamEndEvent)) {
                problems.add(Problem.error("several-documents", "a second document begins here")
                        .hint("Keep one document in a file; delete the line \"---\".")
                        .at(place(parser.peekEvent())));
            }
            return Optional.of(tree);
        } catch (MarkedYAMLException e) {
            new YamlSyntax(source, problems).report(e);
            return Optional.empty();
        }
    }

    private Yaml document() {
        var start = (DocumentStartEvent) parser.getEvent();
        if (start.getVersion() != null
                || (start.getTags() != null && !start.getTags().isEmpty())) {
            refuse(place(start), "directive", "a YAML directive (%) is not read here", "Delete the line.");
        }
        var tree = node(parser.getEvent(), 1, false);
        parser.getEvent();
        return tree;
    }

    private Yaml node(Event event, int depth, boolean inFlow) {
        if (event instanceof AliasEvent) {
            refuse(place(event), "alias", "YAML aliases (*) are not read here", "Write the value out.");
            return new Unread(place(event));
        }
        checkProperties((NodeEvent) event);
        if (event instanceof ScalarEvent scalar) {
            return new Text(scalar.getValue(), !scalar.isPlain(), place(event));
        }
        if (depth > DEEPEST) {
            refuse(
                    place(event),
                    "too-deep",
                    "more than " + DEEPEST + " levels inside each other",
                    "Is it the right file?");
            skip(event);
            return new Unread(place(event));
        }
        var start = (CollectionStartEvent) event;
        return start instanceof MappingStartEvent
                ? entries(start, depth, inFlow)
                : items(start, depth, inFlow || start.isFlow());
    }

    private Items items(Event start, int depth, boolean inFlow) {
        var items = new ArrayList<Yaml>();
        while (true) {
            var event = parser.getEvent();
            if (event instanceof CollectionEndEvent) {
                return new Items(items, place(start));
            }
            items.add(node(event, depth + 1, inFlow));
        }
    }

    private Yaml entries(CollectionStartEvent start, int depth, boolean inFlow) {
        var entries = new LinkedHashMap<String, Entry>();
        while (true) {
            var event = parser.getEvent();
            if (event instanceof CollectionEndEvent) {
                return new Entries(new ArrayList<>(entries.values()), place(start));
            }
            if (start.isFlow() && isBraces(start, event)) {
                problems.add(YamlBraces.problem(source, place(start), inFlow));
                skip(event);
                skip(start);
                return new Unread(place(start));
            }
            if (!(event instanceof ScalarEvent key)) {
                refuse(place(event), "key-not-text", "a key must be text", "Write a word before the colon.");
                skip(event);
                node(parser.getEvent(), depth + 1, inFlow || start.isFlow());
                continue;
            }
            checkProperties(key);
            var text = new Text(key.getValue(), !key.isPlain(), place(key));
            var value = node(parser.getEvent(), depth + 1, inFlow || start.isFlow());
            var earlier = entries.putIfAbsent(text.value(), new Entry(text, value));
            if (earlier != null) {
                problems.add(Problem.error("duplicate-key", "key \"" + text.value() + "\" is written twice")
                        .detail("The first is in line " + earlier.key().place().line() + ".")
                        .hint("Delete one of the two.")
                        .at(text.place()));
            }
        }
    }

    /// `{{ x }}` is a map whose only key is a map.
    private static boolean isBraces(CollectionStartEvent outer, Event key) {
        return key instanceof MappingStartEvent inner
                && inner.isFlow()
                && inner.getStartMark().getIndex() == outer.getStartMark().getIndex() + 1;
    }

    private void checkProperties(NodeEvent event) {
        if (event.getAnchor() != null) {
            refuse(
                    place(event),
                    "anchor",
                    "YAML anchors (&) are not read here",
                    "Delete \"&" + event.getAnchor() + "\".");
        }
        var tag = switch (event) {
            case ScalarEvent scalar -> scalar.getTag();
            case CollectionStartEvent collection -> collection.getTag();
            default -> null;
        };
        if (tag != null) {
            refuse(place(event), "tag", "YAML tags (!) are not read here", "Delete the word that begins with \"!\".");
        }
    }

    /// Reads past what began with that event.
    private void skip(Event start) {
        int open = start instanceof CollectionStartEvent ? 1 : 0;
        while (open > 0) {
            var event = parser.getEvent();
            if (event instanceof CollectionStartEvent) {
                open++;
            } else if (event instanceof CollectionEndEvent) {
                open--;
            }
        }
    }

    private void refuse(Place place, String code, String message, String hint) {
        problems.add(Problem.error(code, message).hint(hint).at(place));
    }

    private Place place(Event event) {
        var mark = event.getStartMark();
        return source.at(mark.getLine(), mark.getColumn());
    }
}
