package io.github.embeddedcommerce.canary.transaction;

import io.github.embeddedcommerce.canary.job.ChoreThatKnocksAtTheDoor;

public interface HallwayThatDoesChores extends ChoreThatKnocksAtTheDoor {}
