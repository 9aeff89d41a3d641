/* Numbers in as few bytes as they need: each length, with anything behind them and with nothing. */
#include "check.h"
#include "varint.h"

#include <string.h>

enum { MOST_BYTES = 10 };

static size_t
put(uint8_t *out, uint64_t number)
{
    size_t size = 0;
    for (; number >= 0x80; number >>= 7) {
        out[size++] = (uint8_t)(number | 0x80);
    }
    out[size++] = (uint8_t)number;
    return size;
}

static void
check_number(uint64_t number)
{
    uint8_t bytes[2 * MOST_BYTES];
    set_context("%llu", (unsigned long long)number);
    for (int behind = 0; behind < 256; behind += 51) { /* 0, 51 … 255 */
        memset(bytes, behind, sizeof bytes);
        size_t size = put(bytes, number);
        for (size_t more = 0; more <= MOST_BYTES; more++) {
            const uint8_t *at = bytes;
            uint64_t is = ~number;
            CHECK_OK(xo_varint_read(&at, bytes + size + more, &is));
            CHECK(is == number);
            CHECK_EQUAL(size, at - bytes);
        }
        for (size_t cut = 0; cut < size; cut++) {
            const uint8_t *at = bytes;
            uint64_t is = 7;
            CHECK_STATUS(XO_CORRUPT, xo_varint_read(&at, bytes + cut, &is));
            CHECK(is == 7 && at == bytes);
        }
    }
}

static void
numbers_of_each_length_are_read(void)
{
    check_number(0);
    for (int bit = 0; bit < 64; bit++) {
        check_number((uint64_t)1 << bit);
        check_number(((uint64_t)1 << bit) - 1);
        check_number(~(uint64_t)0 >> bit);
        check_number(0x0123456789abcdefu >> bit);
    }
}

static void
numbers_of_more_than_64_bits_are_refused(void)
{
    uint8_t bytes[MOST_BYTES + 2];
    memset(bytes, 0xff, sizeof bytes);
    for (int last = 0; last < 256; last++) {
        const uint8_t *at = bytes;
        uint64_t number;
        bytes[MOST_BYTES - 1] = (uint8_t)last;
        CHECK_STATUS(last <= 1 ? XO_OK : XO_CORRUPT, xo_varint_read(&at, bytes + sizeof bytes, &number));
    }
}

const xo_test varints_tests[] = {
    {"numbers of each length are read", numbers_of_each_length_are_read},
    {"numbers of more than 64 bits are refused", numbers_of_more_than_64_bits_are_refused},
    {0},
};
