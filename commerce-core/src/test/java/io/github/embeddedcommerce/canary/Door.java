package io.github.embeddedcommerce.canary;

import java.util.List;
import java.util.Optional;

/** What nothing below may know, with verbs that do not say what is returned. */
public interface Door {
    Optional<String> get();

    Optional<String> key();

    List<String> findAll();

    List<String> listKeys();

    void getNothing();
}
