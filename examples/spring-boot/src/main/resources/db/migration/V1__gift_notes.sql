-- The application's own table. The library's are in a schema of their own, with a history of their own.
create table gift_notes (
  id varchar(36) primary key,
  recipient varchar(100) not null,
  message varchar(500) not null,
  order_id bigint
);
