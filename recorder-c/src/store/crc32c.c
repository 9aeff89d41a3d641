#include "crc32c.h"

#include "bytes.h"

#include <stdbool.h>

#if defined(__x86_64__) && defined(__GNUC__)
#include <nmmintrin.h>
#define HARDWARE __attribute__((target("sse4.2")))
#define STEP_WORD(crc, word) ((uint32_t)_mm_crc32_u64(crc, word))
#define STEP_BYTE(crc, byte) _mm_crc32_u8(crc, byte)
#define HAVE_HARDWARE() (__builtin_cpu_supports("sse4.2") != 0)
#elif defined(__aarch64__) && defined(__ARM_FEATURE_CRC32)
#include <arm_acle.h>
#define HARDWARE
#define STEP_WORD(crc, word) __crc32cd(crc, word)
#define STEP_BYTE(crc, byte) __crc32cb(crc, byte)
#define HAVE_HARDWARE() true
#endif

#define POLYNOMIAL 0x82f63b78u

/* table[k][b]: what byte b does to the checksum k bytes further on. */
typedef uint32_t slices[8][256];

/* Filled at first use; two threads that both fill it write the same values. */
static const slices *
software_table(void)
{
    static slices table;
    static volatile bool ready;
    if (ready) {
        return (const slices *)&table;
    }
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t crc = byte;
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc >> 1) ^ (crc & 1 ? POLYNOMIAL : 0);
        }
        table[0][byte] = crc;
    }
    for (uint32_t byte = 0; byte < 256; byte++) {
        for (int k = 1; k < 8; k++) {
            table[k][byte] = (table[k - 1][byte] >> 8) ^ table[0][table[k - 1][byte] & 0xff];
        }
    }
    ready = true;
    return (const slices *)&table;
}

static uint32_t
update_software(uint32_t crc, const uint8_t *bytes, size_t size)
{
    const slices *table = software_table();
    for (; size >= 8; size -= 8, bytes += 8) {
        uint32_t low = xo_load_u32(bytes) ^ crc;
        uint32_t high = xo_load_u32(bytes + 4);
        crc = (*table)[7][low & 0xff] ^ (*table)[6][low >> 8 & 0xff] ^ (*table)[5][low >> 16 & 0xff]
              ^ (*table)[4][low >> 24] ^ (*table)[3][high & 0xff] ^ (*table)[2][high >> 8 & 0xff]
              ^ (*table)[1][high >> 16 & 0xff] ^ (*table)[0][high >> 24];
    }
    for (; size > 0; size--) {
        crc = (crc >> 8) ^ (*table)[0][(crc ^ *bytes++) & 0xff];
    }
    return crc;
}

uint32_t
xo_crc32c_software(const uint8_t *bytes, size_t size)
{
    return ~update_software(~0u, bytes, size);
}

#ifdef HARDWARE

/* Each step waits for the one before: three parts of a block are summed up side by side and then joined. */
enum { PART_BYTES = 2048 };

/* skipped[k][b]: what byte k of a checksum, if it is b, becomes by PART_BYTES zeros. */
typedef uint32_t skips[4][256];

static uint32_t
pass_zeros(uint32_t crc)
{
    const slices *table = software_table();
    for (int i = 0; i < PART_BYTES; i++) {
        crc = (crc >> 8) ^ (*table)[0][crc & 0xff];
    }
    return crc;
}

/* Filled at first use, too. */
static const skips *
skip_table(void)
{
    static skips table;
    static volatile bool ready;
    if (ready) {
        return (const skips *)&table;
    }
    for (uint32_t bit = 0; bit < 32; bit++) {
        uint32_t passed = pass_zeros(UINT32_C(1) << bit), first = UINT32_C(1) << bit % 8;
        for (uint32_t byte = 0; byte < first; byte++) {
            table[bit / 8][first + byte] = table[bit / 8][byte] ^ passed;
        }
    }
    ready = true;
    return (const skips *)&table;
}

static uint32_t
skip(const skips *table, uint32_t crc)
{
    return (*table)[0][crc & 0xff] ^ (*table)[1][crc >> 8 & 0xff] ^ (*table)[2][crc >> 16 & 0xff] ^ (*table)[3][crc >> 24];
}

HARDWARE static uint32_t
update_block(const skips *table, uint32_t crc, const uint8_t *bytes)
{
    uint32_t second = 0, third = 0;
    for (const uint8_t *end = bytes + PART_BYTES; bytes < end; bytes += 8) {
        crc = STEP_WORD(crc, xo_load_u64(bytes));
        second = STEP_WORD(second, xo_load_u64(bytes + PART_BYTES));
        third = STEP_WORD(third, xo_load_u64(bytes + 2 * PART_BYTES));
    }
    return skip(table, skip(table, crc) ^ second) ^ third;
}

HARDWARE static uint32_t
update_hardware(uint32_t crc, const uint8_t *bytes, size_t size)
{
    const skips *table = size >= 3 * PART_BYTES ? skip_table() : NULL;
    for (; size >= 3 * PART_BYTES; size -= 3 * PART_BYTES, bytes += 3 * PART_BYTES) {
        crc = update_block(table, crc, bytes);
    }
    for (; size >= 8; size -= 8, bytes += 8) {
        crc = STEP_WORD(crc, xo_load_u64(bytes));
    }
    for (; size > 0; size--) {
        crc = STEP_BYTE(crc, *bytes++);
    }
    return crc;
}

#endif

uint32_t
xo_crc32c(const uint8_t *bytes, size_t size)
{
#ifdef HARDWARE
    if (HAVE_HARDWARE()) {
        return ~update_hardware(~0u, bytes, size);
    }
#endif
    return xo_crc32c_software(bytes, size);
}
