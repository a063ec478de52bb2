package io.heliosctl.document;

import com.hubspot.jinjava.objects.serialization.PyishSerializable;
import com.hubspot.jinjava.util.HasObjectTruthValue;
import java.io.IOException;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/// A name that has no value. It may be asked whether it is defined and given a default; any other touch is a
/// fault, so that it fails even in code of Jinjava that knows nothing of it.
final class StrictUndefined implements HasObjectTruthValue, PyishSerializable, Iterable<Object> {

    private final String message;
    private final String word;
    private final Collection<String> known;

    StrictUndefined(String message, String word, Collection<String> known) {
        this.message = message;
        this.word = word;
        this.known = List.copyOf(known);
    }

    JinjaFault fault() {
        return JinjaFault.unknown("template-undefined", message, word, known);
    }

    /// The value itself, if it is one.
    static Object refuse(Object value) {
        if (value instanceof StrictUndefined undefined) {
            throw undefined.fault();
        }
        return value;
    }

    @Override
    public boolean getObjectTruthValue() {
        throw fault();
    }

    @Override
    public <T extends Appendable & CharSequence> T appendPyishString(T appendable) throws IOException {
        throw fault();
    }

    @Override
    public Iterator<Object> iterator() {
        throw fault();
    }

    @Override
    public boolean equals(Object other) {
        throw fault();
    }

    @Override
    public int hashCode() {
        throw fault();
    }

    @Override
    public String toString() {
        throw fault();
    }
}
