package io.github.embeddedcommerce.examples.benchmark.shop.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;

/** A line of an order, with the names and prices of its moment. */
@Entity
@Table(name = "order_lines")
class OrderLine {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "order_lines_seq")
    @SequenceGenerator(name = "order_lines_seq", allocationSize = 50)
    long id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    PurchaseOrder order = new PurchaseOrder();

    int number;
    long optionId;
    String sku = "";
    long productId;
    String productName = "";
    long unitPrice;
    long quantity;
}
