package io.github.embeddedcommerce.examples.benchmark.measure;

/**
 * What is measured: some work, by so many callers at once. Immutable.
 *
 * @param hot whether all want the same option; otherwise they want any of all
 * @param callers how many at once
 */
public record Task(Work work, boolean hot, int callers) {
    /** What it is called in a report, without the callers. */
    public String title() {
        return work + (work.alsoHot() ? hot ? ", one option" : ", any option" : "");
    }
}
