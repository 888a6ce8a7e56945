package io.github.embeddedcommerce.canary;

/** What nothing below may know. */
public interface Door {}
