package io.github.embeddedcommerce.jdbc.store;

import java.io.Serial;
import java.sql.SQLException;

/** What the driver threw at a statement of the shop's. */
public final class StatementFailed extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String sqlState;

    StatementFailed(String sql, SQLException cause) {
        super(sql, cause);
        this.sqlState = String.valueOf(cause.getSQLState());
    }

    String sqlState() {
        return sqlState;
    }
}
