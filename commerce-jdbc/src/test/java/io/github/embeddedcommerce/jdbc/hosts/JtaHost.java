package io.github.embeddedcommerce.jdbc.hosts;

import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.internal.arjuna.objectstore.VolatileStore;
import com.arjuna.ats.jta.common.jtaPropertyManager;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration.TransactionIsolation;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.narayana.NarayanaTransactionIntegration;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import jakarta.transaction.Status;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.XADataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.engine.transaction.jta.platform.internal.JBossStandAloneJtaPlatform;

/** A host on Jakarta Transactions: Narayana's, with Agroal's pool and Hibernate, and a table of its own. */
final class JtaHost implements AutoCloseable {
    static {
        // One resource takes part in each transaction, so there is nothing to recover, and no folder to keep it in.
        for (String store : List.of("default", "communicationStore", "stateStore")) {
            BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, store)
                    .setObjectStoreType(VolatileStore.class.getName());
        }
    }

    /** What is done in a transaction, or without one. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    private final String url;
    private final AgroalDataSource pool;
    private final TransactionManager transactions = com.arjuna.ats.jta.TransactionManager.transactionManager();
    private final TransactionSynchronizationRegistry registry =
            jtaPropertyManager.getJTAEnvironmentBean().getTransactionSynchronizationRegistry();
    private final SessionFactory sessions;

    /** On the database with this URL, with a pool whose connections have autocommit on or off outside transactions. */
    JtaHost(String url, boolean autoCommit) throws Exception {
        this(url, autoCommit, List.of());
    }

    /** The same on a data source of XA: one of these classes, or the driver if there is none. */
    JtaHost(String url, boolean autoCommit, List<Class<? extends XADataSource>> xa) throws Exception {
        this.url = url;
        define("create table if not exists host_notes (id varchar(20) primary key, content varchar(100))");
        pool = AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(connections -> connections
                        .maxSize(4)
                        .transactionIntegration(new NarayanaTransactionIntegration(transactions, registry))
                        .connectionFactoryConfiguration(factory -> {
                            xa.forEach(factory::connectionProviderClass);
                            return factory.jdbcUrl(url)
                                    .autoCommit(autoCommit)
                                    .jdbcTransactionIsolation(TransactionIsolation.READ_COMMITTED);
                        })));
        AtomicReference<SessionFactory> built = new AtomicReference<>();
        required(() -> {
            execute("select 1"); // Agroal's new connection, without autocommit, is in one of PostgreSQL's until now
            built.set(sessions()); // asks the database, and would leave a transaction open on a pool without autocommit
        });
        sessions = Objects.requireNonNull(built.get());
    }

    private SessionFactory sessions() {
        Configuration configuration = new Configuration().addAnnotatedClass(HostNote.class);
        configuration.getProperties().put("hibernate.connection.datasource", pool);
        configuration.getProperties().put("hibernate.transaction.jta.platform", new JBossStandAloneJtaPlatform());
        configuration.setProperty("hibernate.transaction.coordinator_class", "jta");
        return configuration.buildSessionFactory();
    }

    /** A shop within its transactions, as the page on hosts says it. */
    JdbcCommerce within() {
        return JdbcCommerce.within(pool)
                .inTransactionWhen(() -> registry.getTransactionStatus() == Status.STATUS_ACTIVE);
    }

    /** A shop with transactions of its own, on the data source that takes part in the host's. */
    JdbcCommerce using() {
        return JdbcCommerce.using(pool);
    }

    /** A transaction around the work, as {@code @Transactional} makes it where none is running. */
    void required(Work work) throws Exception {
        transactions.begin();
        boolean returned = false;
        try {
            work.run();
            returned = true;
        } finally {
            if (returned && transactions.getStatus() == Status.STATUS_ACTIVE) {
                transactions.commit();
            } else {
                transactions.rollback();
            }
        }
    }

    /** A transaction of its own, as {@code @Transactional(REQUIRES_NEW)} makes it. */
    void requiresNew(Work work) throws Exception {
        notSupported(() -> required(work));
    }

    /** Without a transaction, as {@code @Transactional(NOT_SUPPORTED)} has it. */
    void notSupported(Work work) throws Exception {
        Transaction outer = transactions.suspend();
        try {
            work.run();
        } finally {
            if (outer != null) {
                transactions.resume(outer);
            }
        }
    }

    /** The transaction that is running will be rolled back. */
    void setRollbackOnly() throws Exception {
        transactions.setRollbackOnly();
    }

    /** MariaDB creates and drops no table in a transaction of XA. */
    private void define(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Runs a statement of the host's in the transaction that is running. */
    void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Writes a row of the host's in the transaction that is running, by JDBC. */
    void note(String id) throws SQLException {
        execute("insert into host_notes (id, content) values ('" + id + "', 'by JDBC')");
    }

    /** Writes a row of the host's in the transaction that is running, by JPA. */
    void persist(String id) {
        try (Session session = sessions.openSession()) {
            session.persist(new HostNote(id));
            session.flush();
        }
    }

    /** The ids of the host's rows that are committed. */
    List<String> notes() throws Exception {
        List<String> ids = new ArrayList<>();
        requiresNew(() -> {
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select id from host_notes order by id")) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
        });
        return ids;
    }

    @Override
    public void close() {
        sessions.close();
        pool.close();
        try {
            define("drop table host_notes");
        } catch (SQLException failure) {
            throw new IllegalStateException("the host's table could not be dropped", failure);
        }
    }
}
