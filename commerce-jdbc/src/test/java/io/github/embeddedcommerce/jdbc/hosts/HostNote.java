package io.github.embeddedcommerce.jdbc.hosts;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of the host's own, beside the shop's. */
@Entity
@Table(name = "host_notes")
class HostNote {
    @Id
    private String id = "";

    @Column(name = "content")
    private String content = "";

    HostNote() {}

    HostNote(String id) {
        this.id = id;
        this.content = "note " + id;
    }

    @Override
    public String toString() {
        return id + " " + content;
    }
}
