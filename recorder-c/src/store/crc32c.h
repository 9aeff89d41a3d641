/* CRC-32C (Castagnoli), the checksum of the format. */
#ifndef XO_CRC32C_H
#define XO_CRC32C_H

#include <stddef.h>
#include <stdint.h>

uint32_t xo_crc32c(const uint8_t *bytes, size_t size);

/* The same without the processor's help; for tests. */
uint32_t xo_crc32c_software(const uint8_t *bytes, size_t size);

#endif
