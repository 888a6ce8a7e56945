package io.github.embeddedcommerce.usecase;

import static java.util.stream.Collectors.toCollection;

import io.github.embeddedcommerce.product.ChangeProduct;
import io.github.embeddedcommerce.product.Product;
import io.github.embeddedcommerce.product.ProductDetails;
import io.github.embeddedcommerce.product.ProductId;
import io.github.embeddedcommerce.store.Stores;
import io.github.embeddedcommerce.transaction.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Changes the parts of products that the requests name; the others stay as they are under the lock. */
public record ChangeProducts() implements BulkUseCase<ChangeProduct, ProductDetails> {
    @Override
    public String name() {
        return "products.change";
    }

    @Override
    public Decision<ProductDetails> decide(List<ChangeProduct> requests, Stores stores) {
        Set<ProductId> ids = requests.stream().map(ChangeProduct::product).collect(toCollection(TreeSet::new));
        Map<ProductId, ProductDetails> products =
                new HashMap<>(stores.products().lockDetails(ids));
        SortedMap<ProductId, ProductDetails> changed = new TreeMap<>();
        List<Answer<ProductDetails>> answers = requests.stream()
                .map(request -> Answer.of(() -> {
                    ProductDetails before = products.get(request.product());
                    if (before == null) {
                        throw Product.notFound(request.product());
                    }
                    ProductDetails after = request.change().appliedTo(before);
                    products.put(request.product(), after);
                    changed.put(request.product(), after);
                    return after;
                }))
                .toList();
        return new Decision<>(
                answers,
                () -> {
                    stores.products().write(changed);
                    return answers;
                },
                () -> {});
    }
}
