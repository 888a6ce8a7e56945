package io.github.embeddedcommerce.canary.user;

import io.github.embeddedcommerce.canary.cart.CartOfUser;

public interface UserWithCart {
    CartOfUser cart();
}
