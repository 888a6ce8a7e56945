-- A shop. ${commerce} is "commerce." (a schema of its own) or "commerce_" (a prefix); ${name} keeps the names of
-- constraints and indexes apart where several shops share one schema. Amounts are minor units of the shop's currency.
-- Each rule that SQL can express is expressed here, so that no bug in Java can break it.
-- The same tables, columns and constraints as in the other scripts. The collation compares text exactly: case, accents
-- and trailing spaces. Times are UTC.

create table ${commerce}shop (
  id int primary key,
  currency varchar(3) not null,
  version int not null,
  constraint ${name}one_shop check (id = 1)
) engine = InnoDB default character set utf8mb4 collate ${collation};

-- reference is the host's; reference_once is 1 where it must be unique, else null: one key finds and guards it.
create table ${commerce}products (
  id bigint not null auto_increment primary key,
  name varchar(255) not null,
  description varchar(10000) not null,
  category varchar(100) not null,
  price bigint not null,
  on_sale boolean not null,
  option_count int not null,
  registered_at datetime(6) not null,
  reference varchar(64),
  reference_once int,
  constraint ${name}product_reference_once unique (reference, reference_once),
  constraint ${name}product_reference check (reference_once is null or (reference_once = 1 and reference is not null)),
  constraint ${name}price_not_negative check (price >= 0),
  constraint ${name}option_limit check (option_count between 0 and 200)
) engine = InnoDB default character set utf8mb4 collate ${collation};
-- For each order in which products are listed, with and without a category; by price it is read in both directions.
create index ${name}products_by_price on ${commerce}products (on_sale, price, id);
create index ${name}products_by_age on ${commerce}products (on_sale, registered_at, id);
create index ${name}category_by_price on ${commerce}products (on_sale, category, price, id);
create index ${name}category_by_age on ${commerce}products (on_sale, category, registered_at, id);

create table ${commerce}product_options (
  id bigint not null auto_increment primary key,
  product_id bigint not null,
  position int not null,
  sku varchar(64) not null,
  reference varchar(64),
  reference_once int,
  constraint ${name}option_reference_once unique (reference, reference_once),
  constraint ${name}option_reference check (reference_once is null or (reference_once = 1 and reference is not null)),
  constraint ${name}sku_unique unique (sku),
  constraint ${name}option_position unique (product_id, position),
  constraint ${name}option_position_limit check (position between 1 and 200),
  constraint ${name}option_of_product foreign key (product_id) references ${commerce}products (id)
) engine = InnoDB default character set utf8mb4 collate ${collation};

create table ${commerce}option_attributes (
  option_id bigint not null,
  position int not null,
  name varchar(50) not null,
  text varchar(255) not null,
  primary key (option_id, position),
  constraint ${name}attribute_once unique (option_id, name),
  constraint ${name}attribute_of_option foreign key (option_id) references ${commerce}product_options (id)
) engine = InnoDB default character set utf8mb4 collate ${collation};

-- changed_at: when on_hand was last changed otherwise than by a sale, the time of the last of its stock_changes.
create table ${commerce}stock (
  option_id bigint primary key,
  on_hand bigint not null,
  reserved bigint not null,
  changed_at datetime(6) not null,
  available bigint generated always as (on_hand - reserved) stored,
  constraint ${name}stock_within_bounds check (0 <= reserved and reserved <= on_hand),
  constraint ${name}stock_of_option foreign key (option_id) references ${commerce}product_options (id)
) engine = InnoDB default character set utf8mb4 collate ${collation};
-- The stock of the back office, the lowest first.
create index ${name}stock_by_available on ${commerce}stock (available, option_id);

create table ${commerce}stock_changes (
  id bigint not null auto_increment primary key,
  option_id bigint not null,
  quantity_before bigint not null,
  quantity_after bigint not null,
  kind varchar(10) not null,
  note varchar(255) not null,
  changed_at datetime(6) not null,
  constraint ${name}stock_change_kind check (kind in ('INITIAL', 'RECEIPT', 'ADJUSTMENT', 'RETURN')),
  constraint ${name}stock_change_real
    check (quantity_before >= 0 and quantity_after >= 0 and quantity_before <> quantity_after),
  constraint ${name}stock_change_of_option foreign key (option_id) references ${commerce}product_options (id)
) engine = InnoDB default character set utf8mb4 collate ${collation};
create index ${name}stock_changes_by_option on ${commerce}stock_changes (option_id, id);

create table ${commerce}users (
  id varchar(64) primary key,
  balance bigint not null,
  changes bigint not null,
  opening_number bigint not null,
  opening_balance bigint not null,
  opening_paid bigint not null,
  opening_refunded bigint not null,
  registered_at datetime(6) not null,
  changed_at datetime(6) not null,
  constraint ${name}user_changed_after_registration check (registered_at <= changed_at),
  constraint ${name}balance_not_negative check (balance >= 0),
  constraint ${name}opening_within_changes check (0 <= opening_number and opening_number <= changes),
  constraint ${name}opening_balance check (opening_balance >= 0 and (opening_number > 0 or opening_balance = 0)),
  constraint ${name}opening_refunds check (0 <= opening_refunded and opening_refunded <= opening_paid)
) engine = InnoDB default character set utf8mb4 collate ${collation};
-- The users of the back office by balance.
create index ${name}users_by_balance on ${commerce}users (balance, id);

-- part: the number of a payment or refund among those of its order.
create table ${commerce}balance_changes (
  user_id varchar(64) not null,
  number bigint not null,
  balance_before bigint not null,
  amount bigint not null,
  balance_after bigint not null,
  code varchar(13) not null,
  note varchar(255) not null,
  reference varchar(64) not null,
  order_id bigint,
  part int default 0 not null,
  changed_at datetime(6) not null,
  primary key (user_id, number),
  constraint ${name}balance_change_number check (number >= 1),
  constraint ${name}balance_change_adds_up
    check (amount <> 0 and balance_before >= 0 and balance_after >= 0 and balance_after = balance_before + amount),
  constraint ${name}balance_change_code check (code in ('SYSTEM_CHARGE', 'PAYMENT', 'REFUND', 'ADJUST')),
  constraint ${name}balance_change_sign
    check ((code <> 'PAYMENT' or amount < 0) and (code not in ('SYSTEM_CHARGE', 'REFUND') or amount > 0)),
  constraint ${name}balance_change_for_order check (
    (code in ('PAYMENT', 'REFUND') and order_id is not null and part >= 1)
    or (code not in ('PAYMENT', 'REFUND') and order_id is null)),
  constraint ${name}balance_change_part unique (order_id, part),
  constraint ${name}balance_change_of_user foreign key (user_id) references ${commerce}users (id)
) engine = InnoDB default character set utf8mb4 collate ${collation};
-- A user's history: by_time finds the numbers between which a time lies, the primary key and the other two read it
-- between these numbers. The purge reads by_age.
create index ${name}balance_changes_by_time on ${commerce}balance_changes (user_id, changed_at, number);
create index ${name}balance_changes_by_code on ${commerce}balance_changes (user_id, code, number);
create index ${name}balance_changes_by_reference on ${commerce}balance_changes (user_id, reference, number);
create index ${name}balance_changes_by_age on ${commerce}balance_changes (changed_at, user_id, number);

-- No foreign key to users: a user can be removed, orders stay.
-- pay_by: until when it can be paid at any rate; expires_at is later while a payment from outside is under way.
-- from_balance and from_outside cover its final amount, under_way is begun and not decided. given_back went back to the
-- balance before the order was paid, refunded_to_balance of from_balance after it. balance_parts counts its lines in
-- balance_changes, events those in order_events, purged ones included.
create table ${commerce}orders (
  id bigint not null auto_increment primary key,
  user_id varchar(64) not null,
  status varchar(9) not null,
  total bigint not null,
  discount bigint not null,
  user_coupon_id bigint,
  placed_at datetime(6) not null,
  pay_by datetime(6) not null,
  expires_at datetime(6) not null,
  paid_at datetime(6),
  returned_at datetime(6),
  closed_at datetime(6),
  from_balance bigint default 0 not null,
  from_outside bigint default 0 not null,
  under_way bigint default 0 not null,
  given_back bigint default 0 not null,
  refunded_to_balance bigint default 0 not null,
  balance_parts int default 0 not null,
  events int default 0 not null,
  events_purged int default 0 not null,
  constraint ${name}order_amounts check (total >= 0 and discount >= 0 and discount <= total),
  constraint ${name}order_discount_by_coupon check (discount = 0 or user_coupon_id is not null),
  constraint ${name}order_coupon_when_paid
    check (user_coupon_id is null or paid_at is not null or status = 'PENDING'),
  constraint ${name}order_paid_amounts check (
    from_balance >= 0 and from_outside >= 0 and under_way >= 0 and given_back >= 0
    and 0 <= refunded_to_balance and refunded_to_balance <= from_balance),
  constraint ${name}order_never_overpaid check (from_balance + from_outside + under_way <= total - discount),
  constraint ${name}order_paid_in_full
    check (paid_at is null or from_balance + from_outside = total - discount),
  constraint ${name}order_closed_unpaid
    check (paid_at is not null or closed_at is null or (from_balance = 0 and under_way = 0 and discount = 0)),
  constraint ${name}order_refunded
    check (paid_at is null or closed_at is null or refunded_to_balance = from_balance),
  constraint ${name}order_balance_parts check (
    balance_parts >= 0 and (balance_parts > 0 or (from_balance = 0 and given_back = 0))),
  constraint ${name}order_status check (
    (status = 'PENDING' and paid_at is null and closed_at is null)
    or (status = 'PAID' and paid_at is not null and closed_at is null)
    or (status = 'CANCELLED' and closed_at is not null)
    or (status = 'EXPIRED' and paid_at is null and closed_at is not null)),
  constraint ${name}order_events_purged check (0 <= events_purged and events_purged <= events),
  constraint ${name}order_time_to_pay check (placed_at < pay_by and pay_by <= expires_at),
  constraint ${name}order_paid_in_time check (paid_at is null or paid_at < expires_at),
  constraint ${name}order_times_in_order check (
    (paid_at is null or placed_at <= paid_at)
    and (returned_at is null or (paid_at is not null and paid_at <= returned_at))
    and (closed_at is null or coalesce(returned_at, paid_at, placed_at) <= closed_at))
) engine = InnoDB default character set utf8mb4 collate ${collation};
-- Lists of all statuses read a piece of each and merge them, so each of these serves them with a status and without.
create index ${name}orders_by_user on ${commerce}orders (user_id, status, placed_at, id);
create index ${name}orders_by_status on ${commerce}orders (status, placed_at, id);
-- Snapshots of popular products, sales, and lists by the time of payment.
create index ${name}orders_by_payment on ${commerce}orders (paid_at, id);
-- Figures of what was given back, and audits of changes.
create index ${name}orders_by_closing on ${commerce}orders (closed_at);
-- The job that expires orders.
create index ${name}orders_by_expiry on ${commerce}orders (status, expires_at, id);

-- Only orders that the host has labelled have a row. unique_reference is the reference where it must be unique.
create table ${commerce}order_labels (
  order_id bigint primary key,
  reference varchar(64),
  unique_reference varchar(64),
  note varchar(1000) not null,
  constraint ${name}order_reference_once unique (unique_reference),
  constraint ${name}order_reference check (unique_reference is null or unique_reference = reference),
  constraint ${name}order_labelled check (reference is not null or note <> ''),
  constraint ${name}labels_of_order foreign key (order_id) references ${commerce}orders (id)
) engine = InnoDB default character set utf8mb4 collate ${collation};
create index ${name}order_labels_by_reference on ${commerce}order_labels (reference, order_id);

create table ${commerce}order_lines (
  order_id bigint not null,
  number int not null,
  option_id bigint not null,
  sku varchar(64) not null,
  product_id bigint not null,
  product_name varchar(255) not null,
  unit_price bigint not null,
  quantity bigint not null,
  returned bigint default 0 not null,
  primary key (order_id, number),
  constraint ${name}line_amounts check (unit_price >= 0 and quantity >= 1),
  constraint ${name}line_returned check (0 <= returned and returned <= quantity),
  constraint ${name}line_of_order foreign key (order_id) references ${commerce}orders (id),
  constraint ${name}line_of_option foreign key (option_id) references ${commerce}product_options (id),
  constraint ${name}line_of_product foreign key (product_id) references ${commerce}products (id)
) engine = InnoDB default character set utf8mb4 collate ${collation};
-- The orders of a product.
create index ${name}order_lines_by_product on ${commerce}order_lines (product_id, order_id, number);

-- Units of paid orders that were given back. restocked: whether they are in stock again.
create table ${commerce}returns (
  id bigint not null auto_increment primary key,
  order_id bigint not null,
  refund bigint not null,
  restocked boolean not null,
  note varchar(255) not null,
  returned_at datetime(6) not null,
  constraint ${name}return_refund check (refund >= 0),
  constraint ${name}return_of_order foreign key (order_id) references ${commerce}orders (id),
  constraint ${name}returns_by_order unique (order_id, id)
) engine = InnoDB default character set utf8mb4 collate ${collation};
create index ${name}returns_by_time on ${commerce}returns (returned_at);

create table ${commerce}return_lines (
  return_id bigint not null,
  order_id bigint not null,
  number int not null,
  quantity bigint not null,
  refund bigint not null,
  primary key (return_id, number),
  constraint ${name}return_line_amounts check (quantity >= 1 and refund >= 0),
  constraint ${name}line_of_return foreign key (order_id, return_id) references ${commerce}returns (order_id, id),
  constraint ${name}return_of_line foreign key (order_id, number) references ${commerce}order_lines (order_id, number)
) engine = InnoDB default character set utf8mb4 collate ${collation};

-- Payments from outside, which change under the lock of their order's row. balance_part: what is taken from the balance
-- together with it. decided_at: when it got its state.
create table ${commerce}payments (
  id bigint not null auto_increment primary key,
  order_id bigint not null,
  user_id varchar(64) not null,
  method varchar(32) not null,
  amount bigint not null,
  state varchar(9) not null,
  reference varchar(255),
  begun_at datetime(6) not null,
  held_until datetime(6) not null,
  decided_at datetime(6),
  balance_part bigint not null,
  refunded bigint default 0 not null,
  note varchar(255) default '' not null,
  constraint ${name}payment_method check (method <> 'BALANCE'),
  constraint ${name}payment_amounts
    check (amount > 0 and balance_part >= 0 and 0 <= refunded and refunded <= amount),
  constraint ${name}payment_state check (
    (state = 'BEGUN' and decided_at is null and refunded = 0)
    or (state = 'FAILED' and decided_at is not null and refunded = 0)
    or (state in ('SETTLED', 'UNAPPLIED', 'CLOSED') and decided_at is not null and reference is not null)),
  constraint ${name}payment_times
    check (begun_at <= held_until and (decided_at is null or begun_at <= decided_at)),
  constraint ${name}payment_reference_once unique (method, reference),
  constraint ${name}payment_of_order foreign key (order_id) references ${commerce}orders (id)
) engine = InnoDB default character set utf8mb4 collate ${collation};
create index ${name}payments_by_order on ${commerce}payments (order_id, id);
create index ${name}payments_by_user on ${commerce}payments (user_id, id);
create index ${name}payments_by_state on ${commerce}payments (state, id);
-- Audits of changes: these are not found by their order.
create index ${name}payments_by_decision on ${commerce}payments (state, decided_at);
create index ${name}payments_by_method on ${commerce}payments (method, id);

-- Refunds of payments from outside, which change under the lock of their order's row.
create table ${commerce}refunds (
  id bigint not null auto_increment primary key,
  payment_id bigint not null,
  order_id bigint not null,
  method varchar(32) not null,
  amount bigint not null,
  state varchar(7) not null,
  reference varchar(255),
  failure varchar(255) default '' not null,
  begun_at datetime(6) not null,
  settled_at datetime(6),
  constraint ${name}refund_amount check (amount > 0),
  constraint ${name}refund_state check (
    (state = 'DUE' and settled_at is null and reference is null)
    or (state = 'SETTLED' and settled_at is not null and reference is not null)),
  constraint ${name}refund_times check (settled_at is null or begun_at <= settled_at),
  constraint ${name}refund_reference_once unique (method, reference),
  constraint ${name}refund_of_payment foreign key (payment_id) references ${commerce}payments (id),
  constraint ${name}refund_of_order foreign key (order_id) references ${commerce}orders (id)
) engine = InnoDB default character set utf8mb4 collate ${collation};
create index ${name}refunds_by_payment on ${commerce}refunds (payment_id);
create index ${name}refunds_by_order on ${commerce}refunds (order_id, id);
create index ${name}refunds_by_state on ${commerce}refunds (state, id);
-- Audits of changes.
create index ${name}refunds_by_settlement on ${commerce}refunds (state, settled_at);

-- subject: the payment, refund or return that an event is about; 0 for one about the order itself.
-- status_at: when a waiting event is due, or the lease of claimed_by runs out; else when it got its status.
create table ${commerce}order_events (
  order_id bigint not null,
  number int not null,
  type varchar(17) not null,
  subject bigint default 0 not null,
  user_id varchar(64) not null,
  happened_at datetime(6) not null,
  status varchar(9) not null,
  status_at datetime(6) not null,
  claimed_by varchar(36),
  tries int not null,
  error varchar(1000) not null,
  primary key (order_id, number),
  constraint ${name}event_once unique (order_id, type, subject),
  constraint ${name}event_number check (number >= 1),
  constraint ${name}event_type check (
    (type in ('PAID', 'CANCELLED', 'EXPIRED') and subject = 0)
    or (type in ('PAYMENT_UNAPPLIED', 'REFUND_DUE', 'RETURNED') and subject >= 1)),
  constraint ${name}event_status check (status in ('WAITING', 'DELIVERED', 'DEAD', 'DISCARDED')),
  constraint ${name}event_tries check (tries >= 0 and (tries > 0 or status = 'WAITING')),
  constraint ${name}event_claim check (claimed_by is null or status = 'WAITING'),
  constraint ${name}event_of_order foreign key (order_id) references ${commerce}orders (id)
) engine = InnoDB default character set utf8mb4 collate ${collation};
create index ${name}order_events_by_status on ${commerce}order_events (status, status_at, order_id, number);

create table ${commerce}popular_snapshots (
  for_day date primary key,
  sold_since datetime(6) not null,
  created_at datetime(6) not null,
  places int not null,
  constraint ${name}popular_window check (sold_since < created_at),
  constraint ${name}popular_places check (places between 1 and 100)
) engine = InnoDB default character set utf8mb4 collate ${collation};

create table ${commerce}popular_products (
  for_day date not null,
  position int not null,
  product_id bigint not null,
  quantity bigint not null,
  last_paid_at datetime(6) not null,
  primary key (for_day, position),
  constraint ${name}popular_once unique (for_day, product_id),
  constraint ${name}popular_sold check (position >= 1 and quantity >= 1),
  constraint ${name}popular_of_snapshot foreign key (for_day) references ${commerce}popular_snapshots (for_day),
  constraint ${name}popular_of_product foreign key (product_id) references ${commerce}products (id)
) engine = InnoDB default character set utf8mb4 collate ${collation};

create table ${commerce}coupons (
  id bigint not null auto_increment primary key,
  name varchar(100) not null,
  rate decimal(5, 2),
  fixed_discount bigint,
  maximum_discount bigint,
  minimum_total bigint,
  valid_from datetime(6),
  expires_at datetime(6) not null,
  total bigint,
  issued bigint not null,
  created_at datetime(6) not null,
  constraint ${name}coupon_discount check (
    (rate is not null and fixed_discount is null and rate > 0 and rate <= 100)
    or (rate is null and fixed_discount is not null and fixed_discount >= 1)),
  constraint ${name}coupon_maximum check (maximum_discount is null or maximum_discount >= 1),
  constraint ${name}coupon_minimum check (minimum_total is null or minimum_total >= 0),
  constraint ${name}coupon_validity check (valid_from is null or valid_from < expires_at),
  constraint ${name}coupon_never_over_issued check (
    (total is null and issued = 0)
    or (total is not null and issued >= 0 and issued <= total))
) engine = InnoDB default character set utf8mb4 collate ${collation};

-- No foreign key to users: a user can be removed, the coupons that orders were paid with stay, and so does the count.
create table ${commerce}user_coupons (
  id bigint not null auto_increment primary key,
  coupon_id bigint not null,
  user_id varchar(64) not null,
  issued_at datetime(6) not null,
  order_id bigint,
  used_at datetime(6),
  constraint ${name}coupon_once_a_user unique (coupon_id, user_id),
  constraint ${name}coupon_once_an_order unique (order_id),
  constraint ${name}coupon_use
    check ((order_id is null and used_at is null) or (order_id is not null and used_at is not null)),
  constraint ${name}coupon_used_after_issue check (used_at is null or issued_at <= used_at),
  constraint ${name}user_coupon_of_coupon foreign key (coupon_id) references ${commerce}coupons (id),
  constraint ${name}user_coupon_of_order foreign key (order_id) references ${commerce}orders (id)
) engine = InnoDB default character set utf8mb4 collate ${collation};
create index ${name}user_coupons_by_user on ${commerce}user_coupons (user_id, id);
alter table ${commerce}orders add constraint ${name}order_coupon
  foreign key (user_coupon_id) references ${commerce}user_coupons (id);

-- A cart is there once something was put into it; it goes with its user.
create table ${commerce}carts (
  user_id varchar(64) primary key,
  touched_at datetime(6) not null,
  constraint ${name}cart_of_user foreign key (user_id) references ${commerce}users (id) on delete cascade
) engine = InnoDB default character set utf8mb4 collate ${collation};
create index ${name}carts_by_time on ${commerce}carts (touched_at, user_id);

create table ${commerce}cart_items (
  id bigint not null auto_increment primary key,
  user_id varchar(64) not null,
  option_id bigint not null,
  quantity bigint not null,
  constraint ${name}cart_option_once unique (user_id, option_id),
  constraint ${name}cart_quantity check (quantity >= 1 and quantity <= 1000000),
  constraint ${name}cart_item_of_cart foreign key (user_id) references ${commerce}carts (user_id) on delete cascade,
  constraint ${name}cart_item_of_option foreign key (option_id) references ${commerce}product_options (id)
) engine = InnoDB default character set utf8mb4 collate ${collation};

-- The results of calls that were made under idempotency keys. The owner is a user's id, or empty for calls that no
-- user makes. No foreign key to users: the user's row is locked later than the key.
create table ${commerce}idempotency_keys (
  id bigint not null auto_increment primary key,
  owner varchar(64) not null,
  idempotency_key varchar(64) not null,
  use_case varchar(32) not null,
  fingerprint varchar(64) not null,
  used_at datetime(6) not null,
  result_id bigint,
  result_value bigint,
  result_second_value bigint,
  constraint ${name}idempotency_key_once unique (owner, idempotency_key),
  constraint ${name}idempotency_use_case check (use_case in ('orders.place', 'orders.pay', 'orders.cancel',
    'orders.giveBack', 'payments.begin', 'users.topUp', 'users.adjust', 'carts.add', 'products.receiveStock',
    'products.adjustStock')),
  constraint ${name}idempotency_result check (
    (result_id is not null or result_value is null)
    and (result_value is not null or result_second_value is null)
    and (result_id is null or result_id >= 1)
    and (result_value is null or result_value >= 0)
    and (result_second_value is null or result_second_value >= 0))
) engine = InnoDB default character set utf8mb4 collate ${collation};
create index ${name}idempotency_keys_by_age on ${commerce}idempotency_keys (used_at, id);

-- The last statement: with it the shop is complete.
insert into ${commerce}shop (id, currency, version) values (1, '${currency}', 1);
