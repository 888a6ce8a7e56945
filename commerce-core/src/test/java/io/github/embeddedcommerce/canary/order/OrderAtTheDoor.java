package io.github.embeddedcommerce.canary.order;

import io.github.embeddedcommerce.canary.Door;

interface OrderAtTheDoor extends Door {}
