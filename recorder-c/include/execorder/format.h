/* The numbers that stand in a recording. recorder-c/FORMAT.md is their documentation. */
#ifndef EXECORDER_FORMAT_H
#define EXECORDER_FORMAT_H

#define XO_FORMAT_VERSION 5

/* Tags of values. 0x80 to 0xff are the integers -16 to 111. */
typedef enum {
    XO_TAG_UNBOUND = 0x00,
    XO_TAG_NONE = 0x01,
    XO_TAG_FALSE = 0x02,
    XO_TAG_TRUE = 0x03,
    XO_TAG_ELLIPSIS = 0x04,
    XO_TAG_NOT_IMPLEMENTED = 0x05,
    XO_TAG_INT = 0x06,       /* zigzag varint */
    XO_TAG_BIGINT = 0x07,    /* varint size, bytes */
    XO_TAG_FLOAT = 0x08,     /* 8 bytes, IEEE 754, little endian */
    XO_TAG_COMPLEX = 0x09,   /* two floats */
    XO_TAG_STR = 0x0a,       /* varint size, bytes */
    XO_TAG_STR_REF = 0x0b,   /* varint: how many log bytes before this tag the tag of the text stands */
    XO_TAG_BYTES = 0x0c,     /* varint size, bytes */
    XO_TAG_BYTES_REF = 0x0d, /* as STR_REF */
    XO_TAG_OBJECT = 0x0e,    /* varint object number */
    XO_TAG_STR_GROWN = 0x0f, /* varint distance to a text's tag, varint size, bytes appended to it */
    XO_TAG_SHORT_STR = 0x20, /* 0x20 to 0x3f: a text of 0 to 31 bytes */
    XO_TAG_SMALL_INT = 0x90, /* the integer 0; 0x80 to 0xff */
} xo_tag;

/* Operation codes of records. 0x40 to 0x5f bind the variables 0 to 31; 0x80 to 0xff are line steps
 * whose line is -32 to 95 from the frame's previous one. */
typedef enum {
    /* steps: one each, but LINES */
    XO_OP_LINE_FAR = 0x01, /* zigzag varint: line minus the frame's previous line */
    XO_OP_CALL = 0x02,
    XO_OP_RETURN = 0x03,
    XO_OP_YIELD = 0x04,
    XO_OP_RESUME = 0x05,
    XO_OP_EXCEPTION = 0x06,
    XO_OP_LINES = 0x07, /* varint k, then k times: zigzag line delta, varint b, b times (varint slot, value);
                         * k line steps, each after its own bindings */
    /* frames; they speak of the current thread */
    XO_OP_THREAD = 0x10,  /* varint thread number: what follows happens there */
    XO_OP_ENTER = 0x11,   /* FRAME's fields; pushes the frame */
    XO_OP_FRAME = 0x12,   /* varint frame number, code, line, globals' and locals' object number (0: none), count,
                           * count values: all variables of the thread's top frame */
    XO_OP_REENTER = 0x13, /* varint frame number, code, line: pushes a frame whose variables this chunk already has */
    XO_OP_LEAVE = 0x14,   /* pops the top frame */
    XO_OP_RESULT = 0x15,  /* value: what the top frame returns or yields, at the step that follows */
    XO_OP_RAISED = 0x16,  /* value: the exception, at the step that follows */
    XO_OP_BIND_FAR = 0x17, /* varint slot, value */
    XO_OP_BIND = 0x40,     /* 0x40 to 0x5f: value of slot 0 to 31 of the top frame */
    /* objects: each starts with varint object number, varint distance to the start of the object's previous
     * record (0: none) */
    XO_OP_IMAGE = 0x20,        /* varint class's number, kind byte, contents, attributes: all of the object */
    XO_OP_LIST_SET = 0x21,     /* varint index, value */
    XO_OP_LIST_APPEND = 0x22,  /* value */
    XO_OP_LIST_SPLICE = 0x23,  /* varint start, varint removed, varint count, values */
    XO_OP_LIST_REVERSE = 0x24,
    XO_OP_CLEAR = 0x25,        /* list, dict or set is empty now */
    XO_OP_DICT_SET = 0x26,     /* key, value */
    XO_OP_DICT_DELETE = 0x27,  /* key */
    XO_OP_SET_ADD = 0x28,      /* element */
    XO_OP_SET_DISCARD = 0x29,  /* element */
    XO_OP_ATTR_SET = 0x2a,     /* name (a text value), value */
    XO_OP_ATTR_DELETE = 0x2b,  /* name */
    XO_OP_CELL_SET = 0x2c,     /* value */
    XO_OP_ATTR_DICT = 0x2d,    /* varint number of the dict that holds the attributes from here on */
    XO_OP_CLASS_SET = 0x2e,    /* varint number of the new class */
    XO_OP_UNKNOWN = 0x2f,      /* the contents are unknown from here on, until the next IMAGE */
    XO_OP_BYTES_SPLICE = 0x60, /* varint start, varint removed, varint size, bytes: in the memory of a buffer */
    /* definitions and output: each starts with varint distance to the previous one of its chain (0: none) */
    XO_OP_OUTPUT = 0x30,        /* byte stream (1 or 2), varint size, bytes (UTF-8) */
    XO_OP_DEFINE_FILE = 0x31,   /* see FORMAT.md */
    XO_OP_DEFINE_CODE = 0x32,
    XO_OP_DEFINE_THREAD = 0x33,
    XO_OP_NOTE = 0x34,          /* varint size + key, varint size + text: said by the recorder about the run */
} xo_op;

/* What the image of a buffer says of its memory. */
enum {
    XO_BUFFER_READ_ONLY = 1, /* for those who look through this object */
    XO_BUFFER_VIEW = 2,      /* the memory is another object's, whose number follows instead of it */
    XO_BUFFER_VALUES = 4,    /* the memory holds objects: values follow instead of bytes */
};

/* In the byte of an image's kind: the object is what it was before, and was only described again. */
#define XO_IMAGE_NO_NEWS 0x80u

/* How an image's attributes are given. */
typedef enum {
    XO_ATTRS_NONE = 0,
    XO_ATTRS_INLINE = 1, /* varint count, pairs of name and value */
    XO_ATTRS_DICT = 2,   /* varint number of the dict that holds them */
    XO_ATTRS_BOTH = 3,   /* slots inline, then the dict's number */
} xo_attrs;

#endif
