package io.heliosctl.inventory;

import io.heliosctl.document.YamlChoice;
import io.heliosctl.document.YamlText;
import io.heliosctl.document.YamlType;
import io.heliosctl.document.YamlWhole;
import io.heliosctl.inventory.Member.Refused;
import io.heliosctl.inventory.Member.Section;
import io.heliosctl.inventory.Member.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The values of one entry of `databases:`, which are the words of a line in the section "databases" of
/// pgbouncer.ini (PgBouncer 1.25 manual, "Section databases").
final class DatabaseKeys {

    private static final YamlWhole COUNT = new YamlWhole(0, 1_000_000);

    static final Setting<String> NAME = Setting.of(
                    "name", Words.ROLE, "What clients ask for; \"*\" stands for every name that is not listed.")
            .must();

    static final Section DATABASE = new Section("database", "One database as clients see it.", members());

    private DatabaseKeys() {}

    private static List<Member> members() {
        var members = new ArrayList<Member>();
        members.add(NAME);
        members.add(Setting.of("dbname", Words.ROLE, "The database on the server, where it has another name."));
        members.add(option("user", Words.ROLE));
        members.add(option("auth_user", Words.ROLE));
        members.add(option("auth_dbname", Words.ROLE));
        members.add(option("auth_query", Words.LINE));
        members.add(option("pool_mode", words("session", "transaction", "statement")));
        Stream.of("pool_size", "min_pool_size", "reserve_pool", "reserve_pool_size")
                .forEach(name -> members.add(option(name, COUNT)));
        Stream.of("max_db_connections", "max_db_client_connections", "server_lifetime")
                .forEach(name -> members.add(option(name, COUNT)));
        members.add(option("query_wait_timeout", new YamlText("a number of seconds", "[0-9]{1,9}(\\.[0-9]{1,6})?")));
        members.add(option("connect_query", Words.LINE));
        Stream.of("application_name", "client_encoding", "datestyle", "timezone")
                .forEach(name -> members.add(option(name, Words.LINE)));
        var filledIn = "heliosctl fills it in: it is what a switchover changes.";
        members.add(new Refused("host", filledIn));
        members.add(new Refused("port", filledIn));
        members.add(new Refused("password", "PgBouncer reads passwords from auth_file or by auth_query."));
        return members;
    }

    private static Setting<?> option(String name, YamlType<?> type) {
        return Setting.of(name, type, "As in pgbouncer.ini.");
    }

    private static YamlChoice<String> words(String... words) {
        return new YamlChoice<>(Stream.of(words).collect(Collectors.toMap(word -> word, word -> word)), List.of(words));
    }
}
