package io.github.embeddedcommerce.jdbc.dialect;

import io.github.embeddedcommerce.error.StorageError;

/** What the errors of each database mean: decided by SQLSTATE and vendor code, never by the message. */
final class SqlErrorCodes {
    private SqlErrorCodes() {}

    static StorageError ofH2(String sqlState, int vendorCode) {
        return switch (vendorCode) {
            case 40001 -> StorageError.DEADLOCK;
            case 90131 -> StorageError.SERIALIZATION_FAILURE; // a row changed between being found and being locked
            case 50200 -> StorageError.LOCK_TIMEOUT;
            case 23505 -> StorageError.UNIQUE_VIOLATION;
            case 90067, 90098, 90121 -> StorageError.CONNECTION_LOST; // broken, closed, shut down
            default -> byState(sqlState);
        };
    }

    /** PostgreSQL has no vendor codes. */
    static StorageError ofPostgres(String sqlState) {
        return switch (sqlState) {
            case "40P01" -> StorageError.DEADLOCK;
            case "55P03" -> StorageError.LOCK_TIMEOUT;
            case "23505" -> StorageError.UNIQUE_VIOLATION;
            // shut down, crashed, starting up, idle for too long (twice), too many connections
            case "57P01", "57P02", "57P03", "57P05", "25P03", "53300" -> StorageError.CONNECTION_LOST;
            default -> byState(sqlState);
        };
    }

    /** MariaDB and MySQL. */
    static StorageError ofMySql(String sqlState, int vendorCode) {
        return switch (vendorCode) {
            case 1213 -> StorageError.DEADLOCK;
            case 1020 -> StorageError.SERIALIZATION_FAILURE; // a row changed since it was last read
            case 1205, 3572 -> StorageError.LOCK_TIMEOUT;
            case 1062, 1586 -> StorageError.UNIQUE_VIOLATION;
            // too many, shut down, killed, aborted, gone away, lost, idle for too long
            case 1040, 1053, 1077, 1152, 1184, 1927, 2002, 2003, 2006, 2013, 2055, 4031 -> StorageError.CONNECTION_LOST;
            default -> byState(sqlState);
        };
    }

    /** What every database says alike; 40001 without a code of its own is what clusters say when they cannot commit. */
    private static StorageError byState(String sqlState) {
        if (sqlState.startsWith("08")) {
            return StorageError.CONNECTION_LOST;
        }
        return sqlState.equals("40001") ? StorageError.SERIALIZATION_FAILURE : StorageError.OTHER;
    }
}
