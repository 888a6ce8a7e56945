package io.github.embeddedcommerce.jdbc.transaction;

import io.github.embeddedcommerce.CommerceListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Keeps what happens in a transaction that is open, to be told when it has ended: code of the host's must not run under
 * its locks. Not thread-safe.
 */
record BufferedListener(List<Consumer<CommerceListener>> news) implements CommerceListener {
    BufferedListener() {
        this(new ArrayList<>());
    }

    @Override
    public void useCaseEnded(UseCaseEnded ended) {
        news.add(listener -> listener.useCaseEnded(ended));
    }

    @Override
    public void lockWaited(LockWait wait) {
        news.add(listener -> listener.lockWaited(wait));
    }

    @Override
    public void transactionBroken(BrokenTransaction broken) {
        news.add(listener -> listener.transactionBroken(broken));
    }
}
