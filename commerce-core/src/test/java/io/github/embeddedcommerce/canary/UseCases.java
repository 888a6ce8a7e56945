package io.github.embeddedcommerce.canary;

/** Hands out the one door. */
public interface UseCases {
    Door door();
}
