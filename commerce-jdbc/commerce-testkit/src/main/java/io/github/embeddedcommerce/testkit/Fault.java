package io.github.embeddedcommerce.testkit;

import java.sql.SQLException;

/**
 * What can go wrong in a database while a statement runs. Each comes with the SQLSTATE and vendor code of the database
 * that it is played on: H2, PostgreSQL, MariaDB or MySQL. {@link FailingDataSource} plays it.
 */
public enum Fault {
    /** The connection is gone, and with it whatever its transaction had not committed. */
    CONNECTION_LOST("08006:0", "08006:0", "08006:2013"),
    /** The database has rolled the transaction back to end a deadlock. */
    DEADLOCK("40001:40001", "40P01:0", "40001:1213"),
    /** Somebody else had a row locked for too long. The transaction can only be rolled back. */
    LOCK_TIMEOUT("HYT00:50200", "55P03:0", "HY000:1205"),
    /** The database has rolled the transaction back because it cannot be brought in line with the others. */
    SERIALIZATION_FAILURE("40001:90131", "40001:0", "HY000:1020");

    private final String h2;
    private final String postgres;
    private final String mySql;

    /** SQLSTATE and vendor code, on each database. */
    Fault(String h2, String postgres, String mySql) {
        this.h2 = h2;
        this.postgres = postgres;
        this.mySql = mySql;
    }

    /** As the driver of this product would throw it. */
    SQLException on(String product) {
        String codes = product.startsWith("H2") ? h2 : product.startsWith("PostgreSQL") ? postgres : mySql;
        int colon = codes.indexOf(':');
        return new SQLException(
                "a failure on demand: " + this,
                codes.substring(0, colon),
                Integer.parseInt(codes.substring(colon + 1)));
    }
}
