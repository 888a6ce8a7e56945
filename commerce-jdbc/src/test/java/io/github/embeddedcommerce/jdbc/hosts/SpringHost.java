package io.github.embeddedcommerce.jdbc.hosts;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.embeddedcommerce.jdbc.JdbcCommerce;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Objects;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.vendor.HibernateJpaDialect;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A host on Spring, with a pool, a transaction manager on it, and a table of its own. */
final class SpringHost implements AutoCloseable {
    /** Whose transactions the host has: those of a connection, or those of a persistence context. */
    enum Manager {
        JDBC,
        JPA
    }

    final HikariDataSource pool;
    final PlatformTransactionManager transactions;
    private final @Nullable SessionFactory sessions;

    /** On the database with this URL, with a pool whose connections have autocommit on or off. */
    SpringHost(Manager manager, String url, boolean autoCommit) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setAutoCommit(autoCommit);
        config.setMaximumPoolSize(4);
        config.setMinimumIdle(0);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        pool = new HikariDataSource(config);
        template(TransactionDefinition.PROPAGATION_REQUIRED, new DataSourceTransactionManager(pool))
                .executeWithoutResult(status -> sql().execute("create table if not exists host_notes"
                        + " (id varchar(20) primary key, content varchar(100))"));
        sessions = manager == Manager.JPA ? sessions() : null;
        transactions = sessions == null ? new DataSourceTransactionManager(pool) : jpa(sessions);
    }

    private SessionFactory sessions() {
        Configuration configuration = new Configuration().addAnnotatedClass(HostNote.class);
        configuration.getProperties().put("hibernate.connection.datasource", pool);
        configuration.setProperty(
                "hibernate.connection.provider_disables_autocommit", String.valueOf(!pool.isAutoCommit()));
        configuration.setProperty("hibernate.connection.handling_mode", "DELAYED_ACQUISITION_AND_HOLD");
        return configuration.buildSessionFactory();
    }

    private JpaTransactionManager jpa(SessionFactory factory) {
        JpaTransactionManager manager = new JpaTransactionManager(factory);
        manager.setDataSource(pool);
        manager.setJpaDialect(new HibernateJpaDialect());
        return manager;
    }

    /** The data source that hands out the connection of the transaction that is running. */
    TransactionAwareDataSourceProxy aware() {
        return new TransactionAwareDataSourceProxy(pool);
    }

    /** A shop within its transactions, told in the one line that the pool needs. */
    JdbcCommerce within() {
        JdbcCommerce within = JdbcCommerce.within(aware());
        return pool.isAutoCommit()
                ? within
                : within.inTransactionWhen(TransactionSynchronizationManager::isActualTransactionActive);
    }

    /** A transaction, or the lack of one, as {@code @Transactional(propagation = …)} makes it. */
    TransactionTemplate propagation(int propagation) {
        return template(propagation, transactions);
    }

    TransactionTemplate required() {
        return propagation(TransactionDefinition.PROPAGATION_REQUIRED);
    }

    TransactionTemplate requiresNew() {
        return propagation(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    private static TransactionTemplate template(int propagation, PlatformTransactionManager manager) {
        TransactionTemplate template = new TransactionTemplate(manager);
        template.setPropagationBehavior(propagation);
        return template;
    }

    /** The host's own statements, in the transaction that is running. */
    JdbcTemplate sql() {
        return new JdbcTemplate(pool);
    }

    /** Writes a row of the host's in the transaction that is running. */
    void note(String id) {
        if (sessions == null) {
            sql().update("insert into host_notes (id, content) values (?, ?)", id, "note " + id);
        } else {
            EntityManager entities =
                    Objects.requireNonNull(EntityManagerFactoryUtils.getTransactionalEntityManager(sessions));
            entities.persist(new HostNote(id));
            entities.flush();
        }
    }

    /** The ids of the host's rows that are committed. */
    List<String> notes() {
        return Objects.requireNonNull(requiresNew()
                .execute(status -> sql().queryForList("select id from host_notes order by id", String.class)));
    }

    @Override
    public void close() {
        new TransactionTemplate(new DataSourceTransactionManager(pool))
                .executeWithoutResult(status -> sql().execute("drop table host_notes"));
        if (sessions != null) {
            sessions.close();
        }
        pool.close();
    }
}
