package io.heliosctl.document;

import java.util.AbstractList;
import java.util.List;

/// One group of `groupby`: a pair of what they share and the list of them, with the names `grouper` and
/// `list`.
final class JinjaGroup extends AbstractList<Object> {

    private final Object grouper;
    private final List<Object> members;

    JinjaGroup(Object grouper, List<Object> members) {
        this.grouper = grouper;
        this.members = members;
    }

    Object attribute(String name) {
        return switch (name) {
            case "grouper" -> grouper;
            case "list" -> members;
            default -> new StrictUndefined("\"" + name + "\" is undefined", name, List.of("grouper", "list"));
        };
    }

    @Override
    public Object get(int index) {
        return switch (index) {
            case 0 -> grouper;
            case 1 -> members;
            default -> throw new IndexOutOfBoundsException(index);
        };
    }

    @Override
    public int size() {
        return 2;
    }
}
