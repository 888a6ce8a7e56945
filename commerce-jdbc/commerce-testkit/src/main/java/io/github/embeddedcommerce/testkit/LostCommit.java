package io.github.embeddedcommerce.testkit;

/** What had become of a commit whose answer never came: the caller cannot tell which. */
public enum LostCommit {
    /** The database has committed; only its answer was lost. */
    WRITTEN,
    /** The commit never reached the database, which has rolled the transaction back. */
    NOT_WRITTEN
}
