package io.github.embeddedcommerce.examples.springboot;

import io.github.embeddedcommerce.order.Order;
import io.github.embeddedcommerce.product.OptionId;
import io.github.embeddedcommerce.user.UserId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Gifts over HTTP. Who a caller is, is left to Spring Security: here a caller acts as the customer it names. */
@RestController
class GiftController {
    /** PostgreSQL takes no NUL, and no database half of a character. */
    private static final String STORABLE = "[^\\x{0}\\p{Cs}]*";

    private final GiftOrders gifts;

    GiftController(GiftOrders gifts) {
        this.gifts = gifts;
    }

    /** What a gift is asked for with. The shop checks what is the shop's: customer, option and quantity. */
    record Gift(
            String customer,
            long option,
            long quantity,

            @NotBlank @Size(max = 100) @Pattern(regexp = STORABLE)
            String recipient,

            @NotBlank @Size(max = 500) @Pattern(regexp = STORABLE)
            String message) {}

    /** A placed order, to be paid before it expires. */
    record PlacedGift(long order, String total, Instant expiresAt) {}

    @PostMapping("/gifts")
    @ResponseStatus(HttpStatus.CREATED)
    PlacedGift place(@Valid @RequestBody Gift gift) {
        Order order = gifts.place(
                new UserId(gift.customer()),
                new OptionId(gift.option()),
                gift.quantity(),
                new GiftOrders.Note(gift.recipient(), gift.message()));
        return new PlacedGift(order.id().value(), order.total().toString(), order.expiresAt());
    }
}
