#include "slot_filter.h"

/* With so many bits a hash and so many of them set, one answer in 300 is wrong; with the fewest, one in 12. */
#define BITS_PER_HASH 12u
#define FEWEST_BITS 6u
#define PROBES 8u
/* In a smaller one the probes would meet too often. */
#define LEAST_BYTES 16u

static size_t
bytes_for(size_t count, unsigned bits)
{
    size_t bytes = (count * bits + 7) / 8;
    return count == 0 ? 1 : bytes < LEAST_BYTES ? LEAST_BYTES : bytes;
}

size_t
xo_slot_filter_bytes(size_t count, size_t most)
{
    size_t bytes = bytes_for(count, BITS_PER_HASH);
    if (bytes <= most) {
        return bytes;
    }
    return bytes_for(count, FEWEST_BITS) <= most ? most : 0;
}

/* The bit of probe number `probe`. */
static uint64_t
bit_of(size_t bytes, uint64_t hash, uint32_t probe)
{
    uint32_t at = (uint32_t)hash + probe * ((uint32_t)(hash >> 32) | 1);
    return (uint64_t)at % ((uint64_t)bytes * 8);
}

void
xo_slot_filter_add(uint8_t *filter, size_t bytes, uint64_t hash)
{
    for (uint32_t probe = 0; probe < PROBES; probe++) {
        uint64_t bit = bit_of(bytes, hash, probe);
        filter[bit / 8] |= (uint8_t)(1u << bit % 8);
    }
}

bool
xo_slot_filter_may_have(const uint8_t *filter, size_t bytes, uint64_t hash)
{
    for (uint32_t probe = 0; probe < PROBES; probe++) {
        uint64_t bit = bit_of(bytes, hash, probe);
        if (!(filter[bit / 8] >> bit % 8 & 1)) {
            return false;
        }
    }
    return true;
}
