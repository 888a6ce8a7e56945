package io.github.embeddedcommerce.examples.guide;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.github.embeddedcommerce.CommerceFacade;
import io.github.embeddedcommerce.event.EventSink;
import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.order.OrderStatus;
import io.github.embeddedcommerce.testkit.CommerceExtension;
import io.github.embeddedcommerce.testkit.Given;
import io.github.embeddedcommerce.testkit.SettableClock;
import io.github.embeddedcommerce.testkit.TestShop;
import io.github.embeddedcommerce.user.UserId;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.quartz.impl.DirectSchedulerFactory;

/** scheduling.md: on each scheduler, an overdue order expires. */
@ExtendWith(CommerceExtension.class)
class SchedulingTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @SuppressWarnings("FutureReturnValueIgnored")
    static void schedule(ScheduledExecutorService scheduler, CommerceFacade shop, EventSink sink) {
        Consumer<Exception> log =
                failure -> System.getLogger("jobs").log(System.Logger.Level.WARNING, "a job", failure);
        scheduler.scheduleWithFixedDelay(
                logging(log, () -> shop.jobs().expireOverdueOrders().call()), 0, 30, SECONDS);
        scheduler.scheduleWithFixedDelay(
                logging(log, () -> shop.jobs().deliverEvents(sink).call()), 0, 1, SECONDS);
        scheduler.scheduleWithFixedDelay(
                logging(log, () -> shop.jobs().snapshotPopularProducts().call()), 0, 3_600, SECONDS);
        scheduler.scheduleWithFixedDelay(
                logging(log, () -> shop.jobs().purgeHistory().call()), 0, 86_400, SECONDS);
    }

    /** An executor runs a task that has thrown never again. */
    static Runnable logging(Consumer<Exception> log, Callable<?> job) {
        return () -> {
            try {
                job.call();
            } catch (Exception failure) {
                log.accept(failure);
            }
        };
    }

    /** The shop is found in the context of Quartz's scheduler. */
    public static final class ExpireOrders implements Job {
        @Override
        public void execute(JobExecutionContext context) throws JobExecutionException {
            try {
                Object shop = context.getScheduler().getContext().get("shop");
                Objects.requireNonNull((CommerceFacade) shop)
                        .jobs()
                        .expireOverdueOrders()
                        .call();
            } catch (SchedulerException | RuntimeException failure) {
                throw new JobExecutionException(failure);
            }
        }
    }

    static void schedule(org.quartz.Scheduler quartz, CommerceFacade shop) throws SchedulerException {
        quartz.getContext().put("shop", shop);
        quartz.scheduleJob(
                JobBuilder.newJob(ExpireOrders.class).build(),
                TriggerBuilder.newTrigger()
                        .withSchedule(SimpleScheduleBuilder.repeatSecondlyForever(30))
                        .build());
    }

    static Scheduler schedule(DataSource pool, CommerceFacade shop) {
        RecurringTask<Void> expire = Tasks.recurring("expire-orders", FixedDelay.ofSeconds(30))
                .execute((task, context) -> shop.jobs().expireOverdueOrders().call());
        return Scheduler.create(pool).startTasks(expire).build();
    }

    private Order overdue(Given given, SettableClock clock) {
        UserId ann = given.user("ann").registered();
        Order order = given.order(ann).of(given.product("MUG").option(), 1).placed();
        clock.set(order.expiresAt());
        return order;
    }

    private void awaitExpiry(CommerceFacade shop, Order order) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (shop.orders().get(order.user(), order.id()).status() == OrderStatus.PENDING) {
            assertThat(System.nanoTime()).as("the job has not run").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void on_an_executor(CommerceFacade shop, Given given, SettableClock clock) throws InterruptedException {
        Order order = overdue(given, clock);
        CountDownLatch told = new CountDownLatch(1);
        ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
        try {
            schedule(scheduler, shop, event -> told.countDown());
            awaitExpiry(shop, order);
            assertThat(told.await(DEADLINE.toSeconds(), SECONDS)).isTrue();
        } finally {
            scheduler.shutdownNow();
            assertThat(scheduler.awaitTermination(DEADLINE.toSeconds(), SECONDS))
                    .isTrue();
        }
    }

    @Test
    void on_an_executor_a_job_that_has_failed_comes_round_again() throws Exception {
        List<Exception> failures = new CopyOnWriteArrayList<>();
        CountDownLatch thrice = new CountDownLatch(3);
        ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
        try {
            scheduler
                    .scheduleWithFixedDelay(
                            logging(failures::add, () -> {
                                thrice.countDown();
                                throw new IllegalStateException("the database is away");
                            }),
                            0,
                            1,
                            java.util.concurrent.TimeUnit.MILLISECONDS)
                    .isDone();
            assertThat(thrice.await(DEADLINE.toSeconds(), SECONDS)).isTrue();
        } finally {
            scheduler.shutdownNow();
        }
        assertThat(failures).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void on_quartz(CommerceFacade shop, Given given, SettableClock clock) throws SchedulerException {
        Order order = overdue(given, clock);
        DirectSchedulerFactory factory = DirectSchedulerFactory.getInstance();
        factory.createVolatileScheduler(1);
        org.quartz.Scheduler quartz = factory.getScheduler();
        schedule(quartz, shop);
        quartz.start();
        awaitExpiry(shop, order);
        quartz.shutdown(true);
    }

    @Test
    void on_db_scheduler(TestShop test, CommerceFacade shop, Given given, SettableClock clock) throws Exception {
        try (Connection connection = test.database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    create table scheduled_tasks (
                      task_name varchar(100) not null, task_instance varchar(100) not null, task_data blob,
                      execution_time timestamp with time zone not null, picked boolean not null, picked_by varchar(50),
                      last_success timestamp with time zone, last_failure timestamp with time zone,
                      consecutive_failures int, last_heartbeat timestamp with time zone, version bigint not null,
                      priority smallint, primary key (task_name, task_instance))""");
        }
        Order order = overdue(given, clock);
        Scheduler scheduler = schedule(test.database(), shop);
        scheduler.start();
        awaitExpiry(shop, order);
        scheduler.stop();
    }
}
