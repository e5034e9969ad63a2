/** The runnable jar: a chat room, echo endpoints and a slow handler on one server. */
@org.jspecify.annotations.NullMarked
package dev.plainweave.gallery;
