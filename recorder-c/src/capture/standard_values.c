#include "standard_values.h"

#include "named_values.h"

#include <datetime.h>
#include <stdlib.h>

/* Of `_datetime`, which has no header for it. */
typedef struct {
    PyObject_HEAD
    PyObject *offset;
    PyObject *name; /* may be NULL */
} timezone_object;

/* Of `_decimal` and of libmpdec, on which it is built: the number is the sum of words[i] times RADIX to the power i. */
#if SIZE_MAX > UINT32_MAX
typedef uint64_t decimal_word;
typedef int64_t decimal_size;
#define WORD_DIGITS 19
#else
typedef uint32_t decimal_word;
typedef int32_t decimal_size;
#define WORD_DIGITS 9
#endif

typedef struct {
    PyObject_HEAD
    Py_hash_t hash;
    uint8_t flags;
    decimal_size exponent;
    decimal_size digits;
    decimal_size count; /* of words in use */
    decimal_size room;
    decimal_word *words;
    decimal_word own_words[4];
} decimal_object;

/* Of `_functools`; before 3.9 the last field was an int. */
typedef struct {
    PyObject_HEAD
    PyObject *function;
    PyObject *arguments;
    PyObject *keywords;
    PyObject *attributes;
    PyObject *weak_references;
    void *call;
} partial_object;

enum { NEGATIVE = 1, INFINITE = 2, QUIET_NAN = 4, SIGNALING_NAN = 8 };

static void
put_date(xo_recorder *recorder, PyObject *object)
{
    (void)PyDateTimeAPI; /* datetime.h makes one; it would import the module */
    xo_put_named_number(recorder, "year", PyDateTime_GET_YEAR(object));
    xo_put_named_number(recorder, "month", PyDateTime_GET_MONTH(object));
    xo_put_named_number(recorder, "day", PyDateTime_GET_DAY(object));
}

static void
put_datetime(xo_recorder *recorder, PyObject *object)
{
    PyDateTime_DateTime *moment = (PyDateTime_DateTime *)object;
    put_date(recorder, object);
    xo_put_named_number(recorder, "hour", PyDateTime_DATE_GET_HOUR(object));
    xo_put_named_number(recorder, "minute", PyDateTime_DATE_GET_MINUTE(object));
    xo_put_named_number(recorder, "second", PyDateTime_DATE_GET_SECOND(object));
    xo_put_named_number(recorder, "microsecond", PyDateTime_DATE_GET_MICROSECOND(object));
    xo_put_named_object(recorder, "tzinfo", moment->hastzinfo ? moment->tzinfo : Py_None);
    xo_put_named_number(recorder, "fold", PyDateTime_DATE_GET_FOLD(object));
}

static void
put_time(xo_recorder *recorder, PyObject *object)
{
    PyDateTime_Time *time = (PyDateTime_Time *)object;
    xo_put_named_number(recorder, "hour", PyDateTime_TIME_GET_HOUR(object));
    xo_put_named_number(recorder, "minute", PyDateTime_TIME_GET_MINUTE(object));
    xo_put_named_number(recorder, "second", PyDateTime_TIME_GET_SECOND(object));
    xo_put_named_number(recorder, "microsecond", PyDateTime_TIME_GET_MICROSECOND(object));
    xo_put_named_object(recorder, "tzinfo", time->hastzinfo ? time->tzinfo : Py_None);
    xo_put_named_number(recorder, "fold", PyDateTime_TIME_GET_FOLD(object));
}

static void
put_timedelta(xo_recorder *recorder, PyObject *object)
{
    xo_put_named_number(recorder, "days", PyDateTime_DELTA_GET_DAYS(object));
    xo_put_named_number(recorder, "seconds", PyDateTime_DELTA_GET_SECONDS(object));
    xo_put_named_number(recorder, "microseconds", PyDateTime_DELTA_GET_MICROSECONDS(object));
}

static void
put_timezone(xo_recorder *recorder, PyObject *object)
{
    timezone_object *zone = (timezone_object *)object;
    xo_put_named_object(recorder, "offset", zone->offset);
    xo_put_named_object(recorder, "name", zone->name == NULL ? Py_None : zone->name);
}

/* All digits of the coefficient, the first word without zeros in front; none for a NaN without more to say. */
static char *
digits_of(const decimal_object *decimal)
{
    decimal_size count = decimal->flags & INFINITE ? 0 : decimal->digits;
    char *text = malloc((size_t)count + 2);
    if (text == NULL) {
        return NULL;
    }
    for (decimal_size i = 0; i < count; i++) {
        decimal_word word = decimal->words[i / WORD_DIGITS];
        for (decimal_size skip = i % WORD_DIGITS; skip > 0; skip--) {
            word /= 10;
        }
        text[count - 1 - i] = (char)('0' + word % 10);
    }
    if (decimal->flags & INFINITE) {
        text[count++] = '0';
    }
    text[count] = 0;
    return text;
}

/* As Decimal.as_tuple() tells, but the digits are one text. */
static void
put_decimal(xo_recorder *recorder, PyObject *object)
{
    const decimal_object *decimal = (const decimal_object *)object;
    char *digits = digits_of(decimal);
    if (digits == NULL) {
        recorder->writer->failure = XO_NO_MEMORY;
        return;
    }
    xo_put_named_number(recorder, "sign", (decimal->flags & NEGATIVE) != 0);
    xo_put_named_text(recorder, "digits", digits);
    if (decimal->flags & (INFINITE | QUIET_NAN | SIGNALING_NAN)) {
        xo_put_named_text(recorder, "exponent", decimal->flags & INFINITE ? "F" : decimal->flags & QUIET_NAN ? "n" : "N");
    } else {
        xo_put_named_number(recorder, "exponent", decimal->exponent);
    }
    free(digits);
}

/* NULL: it is being made. */
static void
put_part(xo_recorder *recorder, const char *name, PyObject *part)
{
    xo_put_named_object(recorder, name, part == NULL ? Py_None : part);
}

static void
put_partial(xo_recorder *recorder, PyObject *object)
{
    const partial_object *partial = (const partial_object *)object;
    put_part(recorder, "func", partial->function);
    put_part(recorder, "args", partial->arguments);
    put_part(recorder, "keywords", partial->keywords);
}

typedef struct {
    const char *name; /* of the type */
    size_t basic_bytes;
    unsigned attributes;
    void (*put)(xo_recorder *recorder, PyObject *object);
} standard_type;

static const standard_type standard_types[] = {
    {"datetime.datetime", sizeof(PyDateTime_DateTime), 9, put_datetime},
    {"datetime.date", sizeof(PyDateTime_Date), 3, put_date},
    {"datetime.time", sizeof(PyDateTime_Time), 6, put_time},
    {"datetime.timedelta", sizeof(PyDateTime_Delta), 3, put_timedelta},
    {"datetime.timezone", sizeof(timezone_object), 2, put_timezone},
    {"decimal.Decimal", sizeof(decimal_object), 3, put_decimal},
    {"functools.partial", sizeof(partial_object), 3, put_partial},
};

/* The type is known by its name and by the size of what it should hold: NULL for another, and for objects not made yet. */
static const standard_type *
find_type(PyObject *object)
{
    const PyTypeObject *type = xo_native_base(Py_TYPE(object));
    if (type->tp_name[0] != 'd' && type->tp_name[0] != 'f') {
        return NULL;
    }
    for (size_t i = 0; i < sizeof standard_types / sizeof *standard_types; i++) {
        const standard_type *known = &standard_types[i];
        if (strcmp(type->tp_name, known->name) == 0) {
            return (size_t)type->tp_basicsize == known->basic_bytes ? known : NULL;
        }
    }
    return NULL;
}

bool
xo_is_standard_value(PyObject *object)
{
    return find_type(object) != NULL;
}

uint64_t
xo_count_standard(PyObject *object)
{
    const standard_type *known = find_type(object);
    return known == NULL ? 0 : known->attributes;
}

void
xo_put_standard(xo_recorder *recorder, PyObject *object)
{
    const standard_type *known = find_type(object);
    if (known != NULL) {
        known->put(recorder, object);
    }
}
