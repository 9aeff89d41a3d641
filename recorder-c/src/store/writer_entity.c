/* The living objects, in slabs: their addresses stay, their slots are used again. */
#include "writer_private.h"

#include <stdlib.h>

#define LINE_BYTES 64u

_Static_assert(XO_ENTITY_SPANS == XO_INDEX_LEVELS, "each level of the index has its lists");

static bool
add_slab(xo_writer_private *own)
{
    void *slabs = own->slabs;
    if (!xo_array_reserve(&slabs, &own->slabs_capacity, own->slab_count + 1, sizeof *own->slabs)) {
        return false;
    }
    own->slabs = slabs;
    uint8_t *memory = calloc(1, sizeof(xo_slab) + LINE_BYTES - 1);
    if (memory == NULL) {
        return false;
    }
    uint8_t *line = memory + (LINE_BYTES - (uintptr_t)memory % LINE_BYTES) % LINE_BYTES;
    own->slabs[own->slab_count++] = (xo_slab_place){memory, (xo_slab *)(void *)line};
    return true;
}

/* A free slot's `user` tells the next free one. */
static bool
take_slot(xo_writer_private *own, uint32_t *slot)
{
    if (own->free_slot != 0) {
        *slot = own->free_slot - 1;
        own->free_slot = xo_entity_at(own, *slot)->user;
        if (own->free_slot != 0) {
            XO_PREFETCH(xo_entity_at(own, own->free_slot - 1)); /* for the next new object */
        }
        return true;
    }
    if (own->slots_used == own->slab_count * XO_SLAB_ENTITIES
        && (own->slots_used > UINT32_MAX - XO_SLAB_ENTITIES || !add_slab(own))) {
        return false;
    }
    *slot = own->slots_used++;
    return true;
}

xo_entity *
xo_writer_adopt_entity(xo_writer *writer, uint64_t number)
{
    uint32_t slot;
    if (!take_slot(writer->own, &slot)) {
        xo_writer_fail(writer, XO_NO_MEMORY);
        return NULL;
    }
    xo_entity *entity = xo_entity_at(writer->own, slot);
    *entity = (xo_entity){.number = number, .slot = slot};
    if (number > writer->last_object) {
        writer->last_object = number;
    }
    return entity;
}

xo_entity *
xo_writer_new_entity(xo_writer *writer)
{
    return xo_writer_adopt_entity(writer, writer->last_object + 1);
}

void
xo_writer_end_entity(xo_writer *writer, xo_entity *entity)
{
    entity->number = 0;
    entity->user = writer->own->free_slot;
    writer->own->free_slot = entity->slot + 1;
}
