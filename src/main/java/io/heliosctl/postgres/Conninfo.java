package io.heliosctl.postgres;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A connection string in libpq's keyword/value form (PostgreSQL manual, "Connection Strings"). Its text may
/// hold a password: only [#host] and [#port] are shown.
record Conninfo(Map<String, String> parameters) {

    Conninfo {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /// Reads both forms, of the URI form only host and port. What cannot be read is empty rather than wrong.
    static Conninfo parse(String text) {
        if (text.startsWith("postgres://") || text.startsWith("postgresql://")) {
            return fromUri(text);
        }
        var parameters = new LinkedHashMap<String, String>();
        var at = 0;
        while (true) {
            at = skipSpaces(text, at);
            var equals = text.indexOf('=', at);
            if (equals < 0) {
                return new Conninfo(parameters);
            }
            var name = text.substring(at, equals).strip();
            var value = new StringBuilder();
            at = readValue(text, skipSpaces(text, equals + 1), value);
            parameters.put(name, value.toString());
        }
    }

    Optional<String> host() {
        return Optional.ofNullable(parameters.getOrDefault("host", parameters.get("hostaddr")));
    }

    int port() {
        var text = parameters.getOrDefault("port", "");
        return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 5432;
    }

    /// Where it leads, without anything secret.
    String address() {
        return host().map(host -> "host=" + quote(host) + " port=" + port()).orElse("");
    }

    @Override
    public String toString() {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + quote(entry.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static String quote(String value) {
        if (value.matches("[A-Za-z0-9_./:@%+-]+")) {
            return value;
        }
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static int skipSpaces(String text, int from) {
        var at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int readValue(String text, int from, StringBuilder value) {
        var quoted = from < text.length() && text.charAt(from) == '\'';
        var at = quoted ? from + 1 : from;
        while (at < text.length()) {
            var c = text.charAt(at++);
            if (quoted ? c == '\'' : Character.isWhitespace(c)) {
                break;
            }
            if (c == '\\' && at < text.length()) {
                c = text.charAt(at++);
            }
            value.append(c);
        }
        return at;
    }

    private static Conninfo fromUri(String text) {
        var parameters = new LinkedHashMap<String, String>();
        try {
            var uri = URI.create(text);
            Optional.ofNullable(uri.getHost()).ifPresent(host -> parameters.put("host", host));
            if (uri.getPort() > 0) {
                parameters.put("port", Integer.toString(uri.getPort()));
            }
        } catch (IllegalArgumentException _) {
            // Several hosts, or something that libpq will refuse as well: nothing is known of it.
        }
        return new Conninfo(parameters);
    }
}
