package io.github.embeddedcommerce.canary.event;

class OpenEvent {
    public String type = "PAID";
}
