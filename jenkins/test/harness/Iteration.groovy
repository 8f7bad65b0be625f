package harness

import groovy.transform.CompileStatic

/**
 * Iterators that can be serialized, over what Jenkins gives such ones for: lists, sets, arrays; keys, values and entries of a map come as copies.
 * Not over a map itself: `for (e in map)` fails there, too.
 * Source: jenkinsci/workflow-cps-plugin:plugin/src/main/java/org/jenkinsci/plugins/workflow/cps/persistence/IteratorHack.java
 */
@CompileStatic
class Iteration {
    static <E> Iterator<E> iterator(List<E> list) {
        new Cursor<E>(list)
    }

    static <E> Iterator<E> iterator(Set<E> set) {
        new Cursor<E>(new ArrayList<E>(set))
    }

    static <E> Iterator<E> iterator(E[] array) {
        new Cursor<E>(Arrays.asList(array))
    }

    static <K, V> Set<Map.Entry<K, V>> entrySet(Map<K, V> map) {
        Set<Map.Entry<K, V>> entries = new LinkedHashSet<Map.Entry<K, V>>()
        for (Map.Entry<K, V> entry : map.entrySet()) entries.add(new AbstractMap.SimpleImmutableEntry<K, V>(entry))
        entries
    }

    static <K> Set<K> keySet(Map<K, ?> map) {
        new LinkedHashSet<K>(map.keySet())
    }

    static <V> Collection<V> values(Map<?, V> map) {
        new ArrayList<V>(map.values())
    }

    private static class Cursor<E> implements Iterator<E>, Serializable {
        private final List<E> list
        private int at = 0

        Cursor(List<E> list) {
            this.list = list
        }

        @Override
        boolean hasNext() {
            at < list.size()
        }

        @Override
        E next() {
            if (!hasNext()) throw new NoSuchElementException()
            list.get(at++)
        }

        @Override
        void remove() {
            list.remove(--at)
        }
    }
}
