/** The storm: clients that misbehave on request, and calm neighbours whose latency is measured meanwhile. */
@org.jspecify.annotations.NullMarked
package dev.plainweave.gallery.storm;
