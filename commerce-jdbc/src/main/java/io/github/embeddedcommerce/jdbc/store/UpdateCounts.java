package io.github.embeddedcommerce.jdbc.store;

/** Makes sure that a write reached the rows it was meant for: a row that is not there must not go unnoticed. */
public final class UpdateCounts {
    private UpdateCounts() {}

    /** Each statement of a batch changed exactly one row. */
    static void each(int[] changed, String table) {
        for (int rows : changed) {
            if (rows != 1) {
                throw new IllegalStateException("a write to " + table + " changed " + rows + " rows instead of one");
            }
        }
    }

    /** One statement changed as many rows as it was meant for. */
    static void all(int changed, int meant, String table) {
        if (changed != meant) {
            throw new IllegalStateException(
                    "a write to " + table + " changed " + changed + " rows instead of " + meant);
        }
    }
}
