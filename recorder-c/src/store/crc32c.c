#include "crc32c.h"

#include "bytes.h"

#include <stdbool.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define XO_CRC_X86 1
#include <nmmintrin.h>
#elif defined(__aarch64__) && defined(__ARM_FEATURE_CRC32)
#define XO_CRC_ARM 1
#include <arm_acle.h>
#endif

#define POLYNOMIAL 0x82f63b78u

#if defined(XO_CRC_X86)

__attribute__((target("sse4.2"))) static uint32_t
update_hardware(uint32_t crc, const uint8_t *bytes, size_t size)
{
    uint64_t wide = crc;
    for (; size >= 8; size -= 8, bytes += 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        wide = _mm_crc32_u64(wide, word);
    }
    crc = (uint32_t)wide;
    for (; size > 0; size--) {
        crc = _mm_crc32_u8(crc, *bytes++);
    }
    return crc;
}

static bool
have_hardware(void)
{
    return __builtin_cpu_supports("sse4.2");
}

#elif defined(XO_CRC_ARM)

static uint32_t
update_hardware(uint32_t crc, const uint8_t *bytes, size_t size)
{
    for (; size >= 8; size -= 8, bytes += 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        crc = __crc32cd(crc, word);
    }
    for (; size > 0; size--) {
        crc = __crc32cb(crc, *bytes++);
    }
    return crc;
}

static bool
have_hardware(void)
{
    return true;
}

#else

static uint32_t
update_hardware(uint32_t crc, const uint8_t *bytes, size_t size)
{
    (void)bytes;
    (void)size;
    return crc;
}

static bool
have_hardware(void)
{
    return false;
}

#endif

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

uint32_t
xo_crc32c(const uint8_t *bytes, size_t size)
{
    if (have_hardware()) {
        return ~update_hardware(~0u, bytes, size);
    }
    return ~update_software(~0u, bytes, size);
}
