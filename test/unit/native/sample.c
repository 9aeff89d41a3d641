/* Writes the recording that recording.test.ts reads: every kind of value and object, two threads, output.
 *
 * Usage: sample FILE [living]
 * With `living` it stops halfway, prints "ready", and writes the rest when a byte comes in on standard input. */
#include <execorder/writer.h>

#include <stdio.h>
#include <string.h>

static xo_writer *writer;

static xo_entity *
begin_image(xo_entity *entity, xo_kind kind, uint64_t class_number, xo_position *start)
{
    *start = xo_record_begin(writer, XO_OP_IMAGE, entity);
    xo_put_varint(writer, class_number);
    xo_put_tag(writer, (xo_tag)kind);
    return entity;
}

static void
end_image(xo_entity *entity, xo_position start)
{
    xo_put_tag(writer, (xo_tag)XO_ATTRS_NONE);
    xo_record_end(writer, entity, start, true);
}

static void
put_text(const char *text)
{
    xo_put_str(writer, text, strlen(text));
}

/* A class is an instance of `type`, which is its own class. */
static xo_entity *
define_class(const char *name, const char *module, uint64_t type_number, uint64_t base, uint32_t file, int32_t line)
{
    xo_position start;
    xo_entity *entity = xo_writer_new_entity(writer);
    begin_image(entity, XO_KIND_CLASS, type_number == 0 ? entity->number : type_number, &start);
    put_text(name);
    put_text(module);
    xo_put_varint(writer, base == 0 ? 0 : 1);
    if (base != 0) {
        xo_put_varint(writer, base);
    }
    xo_put_varint(writer, file);
    xo_put_varint(writer, file == 0 ? 0 : xo_zigzag(line));
    end_image(entity, start);
    return entity;
}

/* A container without items yet. */
static xo_entity *
define_empty(xo_kind kind, uint64_t class_number)
{
    xo_position start;
    xo_entity *entity = begin_image(xo_writer_new_entity(writer), kind, class_number, &start);
    xo_put_varint(writer, 0);
    end_image(entity, start);
    return entity;
}

static void
begin_item(xo_entity *dict, const char *key, xo_position *start)
{
    *start = xo_record_begin(writer, XO_OP_DICT_SET, dict);
    put_text(key);
}

static void
set_object(xo_entity *dict, const char *key, uint64_t number)
{
    xo_position start;
    begin_item(dict, key, &start);
    xo_put_object(writer, number);
    xo_record_end(writer, dict, start, false);
}

static void
set_int(xo_entity *dict, const char *key, int64_t value)
{
    xo_position start;
    begin_item(dict, key, &start);
    xo_put_int(writer, value);
    xo_record_end(writer, dict, start, false);
}

static void
set_text(xo_entity *dict, const char *key, const char *text)
{
    xo_position start;
    begin_item(dict, key, &start);
    put_text(text);
    xo_record_end(writer, dict, start, false);
}

static void
set_tag(xo_entity *dict, const char *key, xo_tag tag)
{
    xo_position start;
    begin_item(dict, key, &start);
    xo_put_tag(writer, tag);
    xo_record_end(writer, dict, start, false);
}

static void
set_bigint(xo_entity *dict, const char *key, const uint8_t *bytes, size_t size)
{
    xo_position start;
    begin_item(dict, key, &start);
    xo_put_bigint(writer, bytes, size);
    xo_record_end(writer, dict, start, false);
}

static void
set_others(xo_entity *dict)
{
    static const uint8_t bytes[] = {0, 255, 10};
    xo_position start;
    begin_item(dict, "half", &start);
    xo_put_float(writer, 0.5);
    xo_record_end(writer, dict, start, false);
    begin_item(dict, "turn", &start);
    xo_put_complex(writer, 1.5, -2);
    xo_record_end(writer, dict, start, false);
    begin_item(dict, "raw", &start);
    xo_put_bytes(writer, bytes, sizeof bytes);
    xo_record_end(writer, dict, start, false);
}

static void
append_int(xo_entity *list, int64_t value)
{
    xo_position start = xo_record_begin(writer, XO_OP_LIST_APPEND, list);
    xo_put_int(writer, value);
    xo_record_end(writer, list, start, false);
}

static void
bind_values(xo_entity *globals)
{
    static const uint8_t two_to_64[] = {0, 0, 0, 0, 0, 0, 0, 0, 1};
    static const uint8_t minus_two_to_64[] = {0, 0, 0, 0, 0, 0, 0, 0, 0xff};
    static const uint8_t minus_two_to_63_minus_1[] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0xff};
    set_tag(globals, "nothing", XO_TAG_NONE);
    set_tag(globals, "yes", XO_TAG_TRUE);
    set_tag(globals, "no", XO_TAG_FALSE);
    set_tag(globals, "dots", XO_TAG_ELLIPSIS);
    set_tag(globals, "not_implemented", XO_TAG_NOT_IMPLEMENTED);
    set_int(globals, "small", -16);
    set_int(globals, "least", INT64_MIN);
    set_bigint(globals, "big", two_to_64, sizeof two_to_64);
    set_bigint(globals, "minus_big", minus_two_to_64, sizeof minus_two_to_64);
    set_bigint(globals, "minus_odd", minus_two_to_63_minus_1, sizeof minus_two_to_63_minus_1);
    set_text(globals, "ascii", "plain");
    set_text(globals, "astral", "caf\xc3\xa9 \xf0\x9f\x98\x80");
    set_text(globals, "lone", "\xed\xa0\xbd!\xed\xb2\x80");
    set_others(globals);
}

static uint32_t
define_code(const char *name, uint32_t file, const int32_t *lines, size_t line_count, uint32_t flags)
{
    static const char *const names[] = {"n", "total", ".0", "x"};
    static const uint8_t roles[] = {XO_VARIABLE_ARGUMENT, 0, XO_VARIABLE_HIDDEN, XO_VARIABLE_FREE};
    const xo_code_definition code = {
        .name = name,
        .qualname = name,
        .file = file,
        .first_line = lines[0],
        .min_line = lines[0],
        .max_line = lines[line_count - 1],
        .lines = lines,
        .line_count = line_count,
        .flags = flags,
        .variable_count = flags == 0 ? 4 : 0,
        .variable_names = names,
        .variable_flags = roles,
    };
    return xo_writer_define_code(writer, &code);
}

static void
enter_function(uint32_t code, uint64_t globals)
{
    xo_enter_begin(writer, 0, code, 10, globals, 0, 4);
    xo_put_int(writer, 21);
    for (int i = 0; i < 3; i++) {
        xo_put_tag(writer, XO_TAG_UNBOUND);
    }
    xo_frame_end(writer);
    xo_step(writer, XO_OP_CALL); /* step 4 */
    xo_step_line(writer, 11);    /* step 5 */
    xo_put_bind(writer, 1);
    xo_put_int(writer, 42);
    xo_put_bind(writer, 2);
    put_text("hidden");
}

static void
finish_function(void)
{
    xo_step_line(writer, 12); /* step 6 */
    xo_put_op(writer, XO_OP_RESULT);
    xo_put_int(writer, 42);
    xo_step(writer, XO_OP_RETURN); /* step 7 */
    xo_leave(writer);
}

static void
write_all(bool living)
{
    static const int32_t module_lines[] = {1, 2, 3, 5}, function_lines[] = {10, 11, 12}, other_lines[] = {2, 7};
    const char *source = "a = 1\n# caf\xc3\xa9\n";
    uint32_t main_file = xo_writer_define_file(writer, "main.py", source, strlen(source));
    uint32_t first_text = xo_writer_define_file(writer, "<string>", "first", 5);
    uint32_t second_text = xo_writer_define_file(writer, "<string>", "second", 6);
    uint32_t odd_file = xo_writer_define_file(writer, "odd\xed\xb3\xbf.py", NULL, 0);
    uint32_t module = define_code("<module>", main_file, module_lines, 4, XO_CODE_MODULE);
    uint32_t function = define_code("double", main_file, function_lines, 3, 0);
    define_code("<module>", first_text, other_lines, 1, XO_CODE_MODULE);
    define_code("<module>", second_text, other_lines, 2, XO_CODE_MODULE);
    uint32_t worker = define_code("<module>", odd_file, other_lines, 2, XO_CODE_MODULE);

    xo_thread *main_thread = xo_writer_define_thread(writer, 140000000000001u, "MainThread");
    xo_writer_switch_thread(writer, main_thread);
    uint64_t type = define_class("type", "builtins", 0, 0, 0, 0)->number;                    /* object 1 */
    uint64_t dict = define_class("dict", "builtins", type, 0, 0, 0)->number;                 /* 2 */
    uint64_t list_class = define_class("list", "builtins", type, 0, 0, 0)->number;           /* 3 */
    uint64_t account = define_class("Account", "__main__", type, dict, main_file, 2)->number; /* 4 */
    xo_entity *globals = define_empty(XO_KIND_DICT, dict);                                    /* 5 */

    xo_enter_begin(writer, 0, module, 1, globals->number, globals->number, 0);
    xo_frame_end(writer);
    xo_step(writer, XO_OP_CALL); /* step 0 */
    xo_step_line(writer, 1);     /* step 1 */
    bind_values(globals);
    xo_entity *list = define_empty(XO_KIND_LIST, list_class); /* 6 */
    set_object(globals, "numbers", list->number);
    xo_step_line(writer, 2); /* step 2 */
    append_int(list, 1);
    append_int(list, 2);
    append_int(list, 3);
    xo_position start;
    xo_entity *instance = begin_image(xo_writer_new_entity(writer), XO_KIND_INSTANCE, account, &start); /* 7 */
    xo_put_tag(writer, (xo_tag)XO_ATTRS_INLINE);
    xo_put_varint(writer, 1);
    put_text("balance");
    xo_put_int(writer, 5);
    xo_record_end(writer, instance, start, true);
    xo_writer_output(writer, 1, "out \xc3\xa9\n", 7);
    xo_writer_output(writer, 2, "err\n", 4);
    xo_step_line(writer, 3); /* step 3 */
    enter_function(function, globals->number);
    xo_writer_note(writer, "stopped_by", "end");

    if (living) {
        puts("ready");
        fflush(stdout);
        getchar();
    }
    finish_function();
    xo_thread *other = xo_writer_define_thread(writer, 7, "worker");
    xo_writer_switch_thread(writer, other);
    xo_enter_begin(writer, 0, worker, 2, globals->number, globals->number, 0);
    xo_frame_end(writer);
    xo_step(writer, XO_OP_CALL); /* step 8 */
    xo_step_line(writer, 7);     /* step 9 */
    xo_writer_switch_thread(writer, main_thread);
    xo_step_line(writer, 5); /* step 10 */
    xo_step(writer, XO_OP_RETURN); /* step 11 */
    xo_leave(writer);
}

int
main(int argc, char **argv)
{
    static const char *const notes[] = {"program", "main.py", NULL};
    const xo_writer_options options = {.notes = notes};
    if (argc < 2 || xo_writer_create(argv[1], &options, &writer) != XO_OK) {
        return 2;
    }
    write_all(argc > 2 && strcmp(argv[2], "living") == 0);
    return xo_writer_close(writer) == XO_OK ? 0 : 1;
}
