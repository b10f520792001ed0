package io.stowage.driver;

/**
 * Points at an object of another pool of the same array: something to be copied, or compared with, and nothing else.
 *
 * @param pool as {@link PoolSettings} names it
 */
public record ForeignRef(String pool, ArrayObject object) implements ArrayObject {
    public ForeignRef {
        if (object instanceof ForeignRef) throw new IllegalArgumentException(object + " is of one pool only");
    }
}
