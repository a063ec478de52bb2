package io.heliosctl.inventory;

import io.heliosctl.document.Problems;
import io.heliosctl.document.Yaml;
import io.heliosctl.document.YamlFields;
import io.heliosctl.document.YamlList;
import io.heliosctl.document.YamlMap;
import io.heliosctl.document.YamlNode;
import io.heliosctl.inventory.Member.Listed;
import io.heliosctl.inventory.Member.Named;
import io.heliosctl.inventory.Member.Refused;
import io.heliosctl.inventory.Member.Section;
import io.heliosctl.inventory.Member.Setting;
import io.heliosctl.model.Place;
import io.heliosctl.model.Problem;
import java.util.List;

/// Holds a document against its form. Every value is checked where it is written, also one that is overridden
/// later.
///
/// @param partial nothing is required: what is written here only overrides something that is complete
record FormCheck(Problems problems, boolean partial) {

    /// @param path what the map is called in messages; empty for the whole document
    void check(Section form, Yaml node, String path) {
        var fields = new YamlFields(node, path, problems);
        for (var member : form.members()) {
            var name = path.isEmpty() ? member.name() : path + "." + member.name();
            switch (member) {
                case Setting<?> key -> checkKey(key, fields, node, name);
                case Section section -> fields.node(section.name()).ifPresent(inner -> check(section, inner, name));
                case Named named -> checkNamed(named, fields, name);
                case Listed listed -> checkListed(listed, fields, name);
                case Refused refused -> checkRefused(refused, fields, node, name);
            }
        }
        fields.finish();
    }

    private void checkKey(Setting<?> key, YamlFields fields, Yaml node, String name) {
        if (key.required() && !partial) {
            fields.required(key.name(), key.type());
        } else {
            fields.optional(key.name(), key.type());
        }
        if (!key.nullable() && node instanceof Yaml.Entries entries) {
            entries.find(key.name())
                    .filter(value -> value instanceof Yaml.Text text && text.isNull())
                    .ifPresent(value -> problems.add(Problem.error("wrong-value", name + " cannot be null")
                            .hint("Write a value, or delete the line.")
                            .at(value.place())));
        }
    }

    private void checkNamed(Named named, YamlFields fields, String path) {
        var type = new YamlMap<>(named.key(), new YamlNode());
        var members = named.required() && !partial
                ? fields.required(named.name(), type)
                : fields.node(named.name()).flatMap(node -> type.read(node, path, problems));
        members.ifPresent(each -> each.forEach((name, node) -> checkMember(named, node, path + "." + name)));
        if (named.required() && members.isPresent() && members.orElseThrow().isEmpty()) {
            problems.add(Problem.error("nothing-there", "there are no " + named.name() + " under " + path)
                    .hint("Write at least one.")
                    .at(fields.node(named.name()).map(Yaml::place).orElse(fields.place())));
        }
    }

    private void checkMember(Named named, Yaml node, String path) {
        if (named.each().equals(SecretKeys.SECRET) && node instanceof Yaml.Text text) {
            var place = text.place();
            problems.add(Problem.error("wrong-type", path + " must say where the secret is, not what it is")
                    .hint(
                            "Write { file: ~/.config/heliosctl/replicator.secret }, and change the secret if it is in here.")
                    .at(new Place(place.file(), place.line(), place.column(), "")));
            return;
        }
        check(named.each(), node, path);
    }

    private void checkListed(Listed listed, YamlFields fields, String path) {
        var items = fields.optional(listed.name(), new YamlList<>(new YamlNode()));
        int number = 0;
        for (var item : items.orElse(List.of())) {
            number++;
            check(listed.each(), item, path + "[" + number + "]");
        }
    }

    /// The key is written, and there is a better place for what is meant.
    private void checkRefused(Refused refused, YamlFields fields, Yaml node, String name) {
        fields.leave(refused.name());
        if (!(node instanceof Yaml.Entries entries)) {
            return;
        }
        entries.entries().stream()
                .filter(entry -> entry.name().equals(refused.name()))
                .forEach(entry -> problems.add(Problem.error("refused-key", name + " does not belong here")
                        .hint(refused.help())
                        .at(entry.key().place())));
    }
}
