package io.github.embeddedcommerce.bulk;

/** What becomes of the other rows of a list if one is refused. */
public enum BulkMode {
    /**
     * One transaction for the whole list. If a row is refused, nothing is written, and the call throws the refusal of
     * the first row that is malformed or, if none is, of the first that the state of the shop does not allow, with the
     * place of the row as the beginning of its field: {@code products[3].options[0].sku}.
     */
    ALL_OR_NOTHING,
    /**
     * A refused row concerns itself only, and the others are written. The rows are written in chunks, one transaction
     * each; the {@link BulkReport} says of each row what became of it. Within a transaction of the host's, or of
     * several use cases, all chunks are part of that one.
     */
    ROW_BY_ROW
}
