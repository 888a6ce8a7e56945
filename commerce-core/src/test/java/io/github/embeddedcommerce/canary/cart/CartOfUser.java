package io.github.embeddedcommerce.canary.cart;

import io.github.embeddedcommerce.canary.user.UserWithCart;

public interface CartOfUser {
    UserWithCart user();
}
