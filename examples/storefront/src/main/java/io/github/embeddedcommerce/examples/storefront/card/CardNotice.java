package io.github.embeddedcommerce.examples.storefront.card;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the provider tells the shop about a payment. Immutable.
 *
 * @param paymentId the shop's name for the payment
 * @param reference the provider's name for it
 * @param amount in won
 */
record CardNotice(long paymentId, String reference, long amount, Outcome outcome) {
    private static final String ALGORITHM = "HmacSHA256";

    /** How a payment ended. */
    enum Outcome {
        SUCCEEDED,
        DECLINED
    }

    /** Proves that whoever sends it has the secret that the shop and the provider share. */
    String signature(byte[] secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            String text = paymentId + "\n" + reference + "\n" + amount + "\n" + outcome;
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    boolean isSigned(String signature, byte[] secret) {
        // Takes the same time wherever the first difference is.
        return MessageDigest.isEqual(
                signature.getBytes(UTF_8), signature(secret).getBytes(UTF_8));
    }
}
