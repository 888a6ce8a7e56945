package io.github.embeddedcommerce.jdbc.dialect;

import io.github.embeddedcommerce.error.StorageError;

/** What the errors of each database mean: decided by SQLSTATE and vendor code, never by the message. */
final class SqlErrorCodes {
    /**
     * Of MariaDB and MySQL: the lock on a table's next id was not acquired in time, or not at all because of a
     * deadlock, after which the transaction is rolled back already. Nothing may follow in that transaction either way.
     */
    static final int NEXT_ID = 1467;

    private SqlErrorCodes() {}

    static StorageError ofH2(String sqlState, int vendorCode) {
        return switch (vendorCode) {
            case 40001 -> StorageError.DEADLOCK;
            case 90131 -> StorageError.SERIALIZATION_FAILURE; // a row changed between being found and being locked
            case 50200 -> StorageError.LOCK_TIMEOUT;
            case 23505 -> StorageError.UNIQUE_VIOLATION;
            // connection closed, broken, database closed, shut down
            case 90007, 90067, 90098, 90121 -> StorageError.CONNECTION_LOST;
            case 90097 -> StorageError.READ_ONLY;
            // tables (three ways), column, schema
            case 42102, 42103, 42104, 42122, 90079 -> StorageError.SCHEMA_MISSING;
            case 28000, 90040, 90096 -> StorageError.ACCESS_DENIED; // password, administrators only, no privilege
            case 90020 -> StorageError.DATABASE_IN_USE;
            default -> byState(sqlState);
        };
    }

    /** PostgreSQL has no vendor codes. */
    static StorageError ofPostgres(String sqlState) {
        return switch (sqlState) {
            case "40P01" -> StorageError.DEADLOCK;
            case "55P03" -> StorageError.LOCK_TIMEOUT;
            case "23505" -> StorageError.UNIQUE_VIOLATION;
            // shut down, crashed, starting up, idle for too long (twice)
            case "57P01", "57P02", "57P03", "57P05", "25P03" -> StorageError.CONNECTION_LOST;
            case "53300" -> StorageError.BUSY;
            case "42P01", "42703", "3F000" -> StorageError.SCHEMA_MISSING; // table, column, schema
            case "42501" -> StorageError.ACCESS_DENIED;
            default -> byState(sqlState);
        };
    }

    /** MariaDB and MySQL. */
    static StorageError ofMySql(String sqlState, int vendorCode) {
        return switch (vendorCode) {
            case 1213 -> StorageError.DEADLOCK;
            case 1020 -> StorageError.SERIALIZATION_FAILURE; // a row changed since it was last read
            case 1205, 3572, NEXT_ID -> StorageError.LOCK_TIMEOUT;
            case 1062, 1586 -> StorageError.UNIQUE_VIOLATION;
            // shut down, killed, aborted, gone away, lost, idle for too long
            case 1053, 1077, 1152, 1184, 1927, 2002, 2003, 2006, 2013, 2055, 4031 -> StorageError.CONNECTION_LOST;
            case 1040, 1203, 1226 -> StorageError.BUSY; // too many connections: in all, of this user (twice)
            case 1290, 1792, 1836 -> StorageError.READ_ONLY; // the server (twice), the transaction
            case 1146, 1054, 1049 -> StorageError.SCHEMA_MISSING; // table, column, database
            // user and database, password, table, column, a privilege of the server
            case 1044, 1045, 1142, 1143, 1227 -> StorageError.ACCESS_DENIED;
            default -> byState(sqlState);
        };
    }

    /**
     * For a database that has not said yet which it is: PostgreSQL has no vendor codes, those of MariaDB and MySQL have
     * four digits, and those of H2 five.
     */
    static StorageError ofAny(String sqlState, int vendorCode) {
        if (vendorCode == 0) {
            return ofPostgres(sqlState);
        }
        return vendorCode < 10_000 ? ofMySql(sqlState, vendorCode) : ofH2(sqlState, vendorCode);
    }

    /** What every database says alike; 40001 without a code of its own is what clusters say when they cannot commit. */
    private static StorageError byState(String sqlState) {
        if (sqlState.startsWith("08")) {
            return StorageError.CONNECTION_LOST;
        }
        if (sqlState.startsWith("28")) {
            return StorageError.ACCESS_DENIED;
        }
        return switch (sqlState) {
            case "40001" -> StorageError.SERIALIZATION_FAILURE;
            case "25006" -> StorageError.READ_ONLY;
            default -> StorageError.OTHER;
        };
    }
}
