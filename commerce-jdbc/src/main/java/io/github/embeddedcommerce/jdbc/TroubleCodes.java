package io.github.embeddedcommerce.jdbc;

import io.github.embeddedcommerce.error.StorageException.Trouble;

/** What the errors of each database mean: decided by SQLSTATE and vendor code, never by the message. */
final class TroubleCodes {
    private TroubleCodes() {}

    static Trouble ofH2(String sqlState, int vendorCode) {
        return switch (vendorCode) {
            case 40001 -> Trouble.DEADLOCK;
            case 90131 -> Trouble.SERIALIZATION_FAILURE; // a row changed between being found and being locked
            case 50200 -> Trouble.LOCK_TIMEOUT;
            case 23505 -> Trouble.UNIQUE_VIOLATION;
            case 90067, 90098, 90121 -> Trouble.CONNECTION_LOST; // broken, closed, shut down
            default -> byState(sqlState);
        };
    }

    /** PostgreSQL has no vendor codes. */
    static Trouble ofPostgres(String sqlState) {
        return switch (sqlState) {
            case "40P01" -> Trouble.DEADLOCK;
            case "55P03" -> Trouble.LOCK_TIMEOUT;
            case "23505" -> Trouble.UNIQUE_VIOLATION;
            // shut down, crashed, starting up, idle for too long (twice), too many connections
            case "57P01", "57P02", "57P03", "57P05", "25P03", "53300" -> Trouble.CONNECTION_LOST;
            default -> byState(sqlState);
        };
    }

    /** MariaDB and MySQL. */
    static Trouble ofMySql(String sqlState, int vendorCode) {
        return switch (vendorCode) {
            case 1213 -> Trouble.DEADLOCK;
            case 1020 -> Trouble.SERIALIZATION_FAILURE; // a row changed since it was last read
            case 1205, 3572 -> Trouble.LOCK_TIMEOUT;
            case 1062, 1586 -> Trouble.UNIQUE_VIOLATION;
            // too many, shut down, killed, aborted, gone away, lost, idle for too long
            case 1040, 1053, 1077, 1152, 1184, 1927, 2002, 2003, 2006, 2013, 2055, 4031 -> Trouble.CONNECTION_LOST;
            default -> byState(sqlState);
        };
    }

    /** What every database says alike; 40001 without a code of its own is what clusters say when they cannot commit. */
    private static Trouble byState(String sqlState) {
        if (sqlState.startsWith("08")) {
            return Trouble.CONNECTION_LOST;
        }
        return sqlState.equals("40001") ? Trouble.SERIALIZATION_FAILURE : Trouble.OTHER;
    }
}
