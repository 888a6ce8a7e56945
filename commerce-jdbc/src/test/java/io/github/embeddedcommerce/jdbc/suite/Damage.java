package io.github.embeddedcommerce.jdbc.suite;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A row that is gone, or has another value in one column. */
record Damage(String statement, List<Object> values) {
    /** How many other values are tried in each column of each row, beside those next to the one that is there. */
    private static final int OTHERS = 3;

    /** Those of each row that is not as it was. */
    static List<Damage> all(Rows before, Rows now) {
        List<Damage> all = new ArrayList<>();
        now.byTable()
                .forEach((table, rows) -> rows.forEach((key, row) -> {
                    if (!row.equals(
                            before.byTable().getOrDefault(table, Map.of()).get(key))) {
                        String which =
                                " where " + String.join(" = ? and ", Rows.KEYS.getOrDefault(table, List.of())) + " = ?";
                        all.add(new Damage("delete from " + now.qualifier() + table + which, key));
                        row.forEach((column, value) -> others(value, now.values(table, column))
                                .forEach(other -> {
                                    List<Object> values = new ArrayList<>();
                                    values.add(other);
                                    values.addAll(key);
                                    all.add(new Damage(
                                            "update " + now.qualifier() + table + " set " + column + " = ?" + which,
                                            values));
                                }));
                    }
                }));
        return all;
    }

    private static Set<Object> others(Object value, List<Object> values) {
        Set<Object> others = new LinkedHashSet<>();
        if (value instanceof Long number) {
            others.addAll(List.of(number + 1, number - 1));
        } else if (value instanceof Integer number) {
            others.addAll(List.of(number + 1, number - 1));
        } else if (value instanceof BigDecimal number) {
            others.addAll(List.of(number.add(BigDecimal.ONE), number.subtract(BigDecimal.ONE)));
        } else if (value instanceof Boolean is) {
            others.add(!is);
        }
        List<Object> some = new ArrayList<>(values);
        Collections.shuffle(some, new Random(1));
        others.addAll(some.subList(0, Math.min(OTHERS, some.size())));
        others.add(null);
        others.remove(value);
        return others;
    }

    /** Whether the database lets it be done. */
    boolean isDone(Connection connection) {
        try (PreparedStatement damage = connection.prepareStatement(statement)) {
            for (int place = 1; place <= values.size(); place++) {
                damage.setObject(place, values.get(place - 1));
            }
            return damage.executeUpdate() == 1;
        } catch (SQLException refused) {
            return false;
        }
    }

    @Override
    public String toString() {
        return statement + " " + values;
    }
}
