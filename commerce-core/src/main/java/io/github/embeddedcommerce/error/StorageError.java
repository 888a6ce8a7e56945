package io.github.embeddedcommerce.error;

/** What went wrong, as the database reported it by SQLSTATE and vendor code. */
public enum StorageError {
    /** The database rolled this transaction back to resolve a deadlock. */
    DEADLOCK,
    /** The transaction could not be serialized with concurrent ones. */
    SERIALIZATION_FAILURE,
    /** A row lock was not acquired within the lock wait of the settings. */
    LOCK_TIMEOUT,
    /** A unique key would have been violated. */
    UNIQUE_VIOLATION,
    /** The connection broke, or none could be had. */
    CONNECTION_LOST,
    /** Anything else, such as a missing table or a full disk. */
    OTHER
}
