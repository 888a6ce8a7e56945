package io.github.embeddedcommerce.canary.common;

interface Odds {}
