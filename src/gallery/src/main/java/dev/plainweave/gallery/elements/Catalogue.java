package dev.plainweave.gallery.elements;

import dev.plainweave.gallery.examples.BindingExample;
import dev.plainweave.gallery.examples.BlockExample;
import dev.plainweave.gallery.examples.ButtonExample;
import dev.plainweave.gallery.examples.CardExample;
import dev.plainweave.gallery.examples.CheckboxExample;
import dev.plainweave.gallery.examples.ColumnExample;
import dev.plainweave.gallery.examples.ComboboxExample;
import dev.plainweave.gallery.examples.CustomElementExample;
import dev.plainweave.gallery.examples.DialogExample;
import dev.plainweave.gallery.examples.DownloadExample;
import dev.plainweave.gallery.examples.EventsExample;
import dev.plainweave.gallery.examples.GridExample;
import dev.plainweave.gallery.examples.HeadingExample;
import dev.plainweave.gallery.examples.IconExample;
import dev.plainweave.gallery.examples.ImageExample;
import dev.plainweave.gallery.examples.InputExample;
import dev.plainweave.gallery.examples.JavaScriptExample;
import dev.plainweave.gallery.examples.LabelExample;
import dev.plainweave.gallery.examples.LinkExample;
import dev.plainweave.gallery.examples.LogExample;
import dev.plainweave.gallery.examples.LoginExample;
import dev.plainweave.gallery.examples.MultiSelectExample;
import dev.plainweave.gallery.examples.NumberExample;
import dev.plainweave.gallery.examples.PartsExample;
import dev.plainweave.gallery.examples.ProgressExample;
import dev.plainweave.gallery.examples.QuestionsExample;
import dev.plainweave.gallery.examples.RadioExample;
import dev.plainweave.gallery.examples.RowExample;
import dev.plainweave.gallery.examples.SelectExample;
import dev.plainweave.gallery.examples.SeparatorExample;
import dev.plainweave.gallery.examples.SpinnerExample;
import dev.plainweave.gallery.examples.StorageExample;
import dev.plainweave.gallery.examples.TextAreaExample;
import dev.plainweave.gallery.examples.TextExample;
import dev.plainweave.gallery.examples.TimerExample;
import dev.plainweave.gallery.examples.ToastExample;
import dev.plainweave.gallery.examples.ToggleExample;
import dev.plainweave.gallery.examples.ValidationExample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All elements and ideas, in the order in which they are shown. Made when somebody looks at the first. */
final class Catalogue {
    private static final Map<String, List<Entry>> GROUPS = new LinkedHashMap<>();

    static {
        GROUPS.put(
                "Text",
                List.of(
                        new Entry(
                                "Label",
                                "A line of text, which handlers change.",
                                LabelExample.class,
                                LabelExample::page),
                        new Entry(
                                "Paragraph",
                                "Text with line breaks, shown as it was written.",
                                TextExample.class,
                                TextExample::page),
                        new Entry("Heading", "Six levels of headings.", HeadingExample.class, HeadingExample::page),
                        new Entry("Link", "To another page, or somewhere else.", LinkExample.class, LinkExample::page),
                        new Entry(
                                "Icon", "A small picture that costs no request.", IconExample.class, IconExample::page),
                        new Entry("Image", "A picture of this server’s.", ImageExample.class, ImageExample::page),
                        new Entry(
                                "Block",
                                "Lists, tables and landmarks: plain HTML.",
                                BlockExample.class,
                                BlockExample::page)));
        GROUPS.put(
                "Layout",
                List.of(
                        new Entry("Row", "Side by side.", RowExample.class, RowExample::page),
                        new Entry("Column", "One below the other.", ColumnExample.class, ColumnExample::page),
                        new Entry("Grid", "Columns of equal width.", GridExample.class, GridExample::page),
                        new Entry("Card", "A box around what belongs together.", CardExample.class, CardExample::page),
                        new Entry("Separator", "A thin line.", SeparatorExample.class, SeparatorExample::page)));
        GROUPS.put(
                "Input",
                List.of(
                        new Entry(
                                "Button",
                                "What a click does, and what becomes of others.",
                                ButtonExample.class,
                                ButtonExample::page),
                        new Entry("Input", "A line of text to type.", InputExample.class, InputExample::page),
                        new Entry("Text area", "Lines of text to type.", TextAreaExample.class, TextAreaExample::page),
                        new Entry("Number", "An exact number, or none.", NumberExample.class, NumberExample::page),
                        new Entry("Checkbox", "A box to tick.", CheckboxExample.class, CheckboxExample::page),
                        new Entry("Toggle", "A switch, which acts at once.", ToggleExample.class, ToggleExample::page),
                        new Entry(
                                "Select",
                                "A choice of one, or none, of any type.",
                                SelectExample.class,
                                SelectExample::page),
                        new Entry("Radio", "A choice of one, all to be seen.", RadioExample.class, RadioExample::page),
                        new Entry(
                                "Multi-select",
                                "A choice of several.",
                                MultiSelectExample.class,
                                MultiSelectExample::page),
                        new Entry(
                                "Combobox",
                                "One of many, found by typing.",
                                ComboboxExample.class,
                                ComboboxExample::page)));
        GROUPS.put(
                "Feedback",
                List.of(
                        new Entry(
                                "Dialog",
                                "A box above the page, that is waited for.",
                                DialogExample.class,
                                DialogExample::page),
                        new Entry(
                                "Toast", "A short message, for a few seconds.", ToastExample.class, ToastExample::page),
                        new Entry(
                                "Progress",
                                "A bar that fills while a handler works.",
                                ProgressExample.class,
                                ProgressExample::page),
                        new Entry(
                                "Spinner",
                                "Something that turns while one waits.",
                                SpinnerExample.class,
                                SpinnerExample::page),
                        new Entry("Log", "Lines of text, the newest at the end.", LogExample.class, LogExample::page)));
        GROUPS.put(
                "Ideas",
                List.of(
                        new Entry(
                                "Questions",
                                "Methods that ask the user, and return the answer.",
                                QuestionsExample.class,
                                QuestionsExample::page),
                        new Entry(
                                "Binding",
                                "Values that fields and texts are tied to.",
                                BindingExample.class,
                                BindingExample::page),
                        new Entry(
                                "Validation",
                                "What is wrong is said below the field.",
                                ValidationExample.class,
                                ValidationExample::page),
                        new Entry(
                                "Timers",
                                "Again and again, and behind the scenes.",
                                TimerExample.class,
                                TimerExample::page),
                        new Entry(
                                "Events",
                                "Something that happens, told to all pages.",
                                EventsExample.class,
                                EventsExample::page),
                        new Entry(
                                "JavaScript",
                                "Run in the browser, its result in Java.",
                                JavaScriptExample.class,
                                JavaScriptExample::page),
                        new Entry("Parts", "Pages put together of parts.", PartsExample.class, PartsExample::page),
                        new Entry(
                                "Custom element",
                                "An element of your own, shown by a script of its own.",
                                CustomElementExample.class,
                                CustomElementExample::page,
                                List.of("dial.js")),
                        new Entry(
                                "Storage",
                                "Kept for a tab, a visitor, a user, or all.",
                                StorageExample.class,
                                StorageExample::page),
                        new Entry("Login", "Who somebody is, in all tabs.", LoginExample.class, LoginExample::page),
                        new Entry(
                                "Download",
                                "A file that is written while it is fetched.",
                                DownloadExample.class,
                                DownloadExample::page)));
    }

    private Catalogue() {}

    /** What belongs together, by the group's name. */
    static Map<String, List<Entry>> groups() {
        return GROUPS;
    }

    /** All of them. */
    static List<Entry> all() {
        return GROUPS.values().stream().flatMap(List::stream).toList();
    }

    /** The one with that path. */
    static Optional<Entry> find(String path) {
        return all().stream().filter(entry -> entry.path().equals(path)).findFirst();
    }
}
