package io.github.embeddedcommerce.canary.error;

import io.github.embeddedcommerce.canary.stock.ShelfInTheHallway;

interface ErrorAboutShelves extends ShelfInTheHallway {}
