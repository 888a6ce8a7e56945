package io.github.embeddedcommerce.canary.audit;

import java.net.URI;

interface AuditByMail {
    URI recipient();

    System.Logger log();
}
