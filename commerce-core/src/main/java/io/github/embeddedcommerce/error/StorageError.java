package io.github.embeddedcommerce.error;

/** What went wrong, as the database reported it by SQLSTATE and vendor code. */
public enum StorageError {
    /** The database chose this transaction to break a circle of waits. */
    DEADLOCK,
    /** The database could not order this transaction among the others. */
    SERIALIZATION_FAILURE,
    /** A row lock did not come free within the bound that the settings give. */
    LOCK_TIMEOUT,
    /** A unique key would have been violated. */
    UNIQUE_VIOLATION,
    /** The connection broke, or none could be had. */
    CONNECTION_LOST,
    /** Anything else, such as a missing table or a full disk. */
    OTHER
}
