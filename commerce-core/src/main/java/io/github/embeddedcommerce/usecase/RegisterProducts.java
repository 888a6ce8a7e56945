package io.github.embeddedcommerce.usecase;

import static io.github.embeddedcommerce.error.Validation.refusal;

import io.github.embeddedcommerce.product.NewOption;
import io.github.embeddedcommerce.product.NewProduct;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductOption;
import io.github.embeddedcommerce.stock.StockChange;
import io.github.embeddedcommerce.stock.StockChange.Kind;
import io.github.embeddedcommerce.stock.StockChange.Reason;
import io.github.embeddedcommerce.stock.StockLevel;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.transaction.Answer;
import io.github.embeddedcommerce.transaction.Answer.Accepted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Registers products with their options and starting stock. A sku that another transaction has added meanwhile violates
 * the unique key, and the transaction is tried again: then it is seen, and refuses its own row only.
 */
public record RegisterProducts(UseCaseContext context) implements BulkUseCase<NewProduct, Product> {
    @Override
    public String name() {
        return "products.register";
    }

    @Override
    public int size(NewProduct request) {
        return request.options().size();
    }

    @Override
    public Decision<Product> decide(List<NewProduct> requests, Stores stores) {
        List<String> skus = requests.stream()
                .flatMap(product -> product.options().stream())
                .map(NewOption::sku)
                .toList();
        Set<String> taken = new HashSet<>(stores.products().taken(skus));
        NewReferences references = NewReferences.of(requests, stores);
        List<Answer<NewProduct>> decided = requests.stream()
                .map(request -> Answer.of(() -> {
                    refuseTaken(request.options(), "options[%d].sku", taken);
                    references.refuseTaken(request);
                    request.options().forEach(option -> taken.add(option.sku()));
                    references.add(request);
                    return request;
                }))
                .toList();
        return new Decision<>(decided, () -> write(decided, stores), () -> {});
    }

    private List<Answer<Product>> write(List<Answer<NewProduct>> decided, Stores stores) {
        Instant now = context.now();
        List<NewProduct> accepted = decided.stream()
                .filter(answer -> answer instanceof Accepted<NewProduct>)
                .map(Answer::orThrow)
                .toList();
        List<Product> products =
                accepted.isEmpty() ? List.of() : stores.products().insert(accepted, now);
        NewReferences.write(products, stores);
        writeStock(
                products.stream().flatMap(product -> product.options().stream()).toList(), now, stores);
        Iterator<Product> inserted = products.iterator();
        return decided.stream()
                .map(answer -> answer.map(request -> inserted.next()))
                .toList();
    }

    /** Writes the starting stock of options that are new, of which all is available. */
    public static void writeStock(List<ProductOption> options, Instant now, Stores stores) {
        List<StockLevel> levels = new ArrayList<>();
        List<StockChange> changes = new ArrayList<>();
        for (ProductOption option : options) {
            levels.add(new StockLevel(option.id(), option.available(), 0, now));
            if (option.available() > 0) {
                Reason initial = new Reason(Kind.INITIAL, "");
                changes.add(new StockChange(option.id(), 0, option.available(), initial, now));
            }
        }
        stores.stock().insert(levels, changes);
    }

    /**
     * Refuses options whose sku is taken (VALIDATION_ERROR).
     *
     * @param field where an option's sku is in the request, with %d for the option's place among these
     */
    public static void refuseTaken(List<NewOption> options, String field, Set<String> taken) {
        for (int i = 0; i < options.size(); i++) {
            String sku = options.get(i).sku();
            if (taken.contains(sku)) {
                throw refusal(
                        field.formatted(i),
                        "must be unique in the shop, " + sku + " is the sku of another option",
                        Map.of("sku", sku));
            }
        }
    }
}
