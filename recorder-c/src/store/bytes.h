/* Numbers as they lie on the disk. */
#ifndef XO_BYTES_H
#define XO_BYTES_H

#include "execorder/status.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline void
xo_store_u32(uint8_t *at, uint32_t value)
{
    for (int i = 0; i < 4; i++) {
        at[i] = (uint8_t)(value >> (8 * i));
    }
}

static inline void
xo_store_u64(uint8_t *at, uint64_t value)
{
    for (int i = 0; i < 8; i++) {
        at[i] = (uint8_t)(value >> (8 * i));
    }
}

static inline uint32_t
xo_load_u32(const uint8_t *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static inline uint64_t
xo_load_u64(const uint8_t *at)
{
    return (uint64_t)xo_load_u32(at) | (uint64_t)xo_load_u32(at + 4) << 32;
}

static inline int64_t
xo_unzigzag(uint64_t value)
{
    return (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
}

static inline double
xo_load_double(const uint8_t *at)
{
    uint64_t bits = xo_load_u64(at);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static inline void
xo_store_double(uint8_t *at, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    xo_store_u64(at, bits);
}

#endif
