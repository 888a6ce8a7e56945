package io.github.embeddedcommerce.examples.benchmark.shop.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;

/** A product and its options. */
@Entity
@Table(name = "products")
class Product {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "products_seq")
    @SequenceGenerator(name = "products_seq", allocationSize = 50)
    long id;

    String name = "";
    String description = "";
    String category = "";
    long price;
    boolean onSale;

    @OneToMany(mappedBy = "product")
    @OrderBy("position")
    List<ProductOption> options = new ArrayList<>();
}
