package io.github.embeddedcommerce.canary.stock;

import io.github.embeddedcommerce.canary.transaction.HallwayThatDoesChores;

public interface ShelfInTheHallway extends HallwayThatDoesChores {}
