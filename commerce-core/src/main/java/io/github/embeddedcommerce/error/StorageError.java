package io.github.embeddedcommerce.error;

/** What went wrong, as the database reported it by SQLSTATE and vendor code. */
public enum StorageError {
    /** The database rolled this transaction back to resolve a deadlock. */
    DEADLOCK(true),
    /** The transaction could not be serialized with concurrent ones. */
    SERIALIZATION_FAILURE(true),
    /** A lock, of a row or on MariaDB of a table's next id, was not acquired within the lock wait of the settings. */
    LOCK_TIMEOUT(true),
    /** A unique key would have been violated. */
    UNIQUE_VIOLATION(true),
    /** The connection broke, the server did not answer in time, or it cannot be reached. */
    CONNECTION_LOST(true),
    /** All connections were in use until the call's time was over, those of the pool or those of the server. */
    BUSY(true),
    /** The calling thread was interrupted while it waited. Its interrupt flag is set. */
    INTERRUPTED(false),
    /** The shop, or the pool of the host's that it is on, has been closed. */
    SHOP_CLOSED(false),
    /** The transaction, the connection or the database allows no writing. */
    READ_ONLY(false),
    /** A table or a column of the shop is not there. */
    SCHEMA_MISSING(false),
    /** The database does not let this user in, or lacks the privilege. */
    ACCESS_DENIED(false),
    /** The database is a file that another process has open, or this one under another name. */
    DATABASE_IN_USE(false),
    /** Anything else, such as a full disk. */
    OTHER(false);

    private final boolean mayPass;

    StorageError(boolean mayPass) {
        this.mayPass = mayPass;
    }

    /**
     * Whether it may pass by itself, so that the same call can succeed later. Where the library owns the transaction it
     * has tried again until the time of the settings was over.
     */
    public boolean mayPass() {
        return mayPass;
    }
}
