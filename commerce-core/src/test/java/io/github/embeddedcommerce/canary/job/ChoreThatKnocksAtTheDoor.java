package io.github.embeddedcommerce.canary.job;

import io.github.embeddedcommerce.canary.Door;

public interface ChoreThatKnocksAtTheDoor extends Door {}
