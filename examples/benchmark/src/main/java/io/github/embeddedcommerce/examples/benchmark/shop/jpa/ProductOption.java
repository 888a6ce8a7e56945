package io.github.embeddedcommerce.examples.benchmark.shop.jpa;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.util.HashMap;
import java.util.Map;

/** An option of a product. */
@Entity
@Table(name = "product_options")
class ProductOption {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "product_options_seq")
    @SequenceGenerator(name = "product_options_seq", allocationSize = 50)
    long id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    Product product = new Product();

    int position;

    @Column(unique = true)
    String sku = "";

    @ElementCollection
    @CollectionTable(name = "option_attributes")
    @MapKeyColumn(name = "name")
    @Column(name = "text")
    Map<String, String> attributes = new HashMap<>();
}
