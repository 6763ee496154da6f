// What the orchestrator says about services and names: read from the standard input, replaced as a whole.
//
// A frame is its length (4 bytes), a serial number (4) that is answered on the standard output once the table is in
// force, and entries. Numbers are big-endian.
//   'S', protocol (6 or 17), address (4), port (2), seconds of affinity (4), count (2), count x (address (4), port (2))
//   'N', type (2), length (1), name as in DNS and in lower case, count (2),
//        count x (length (2), a record from its type on)
#ifndef TABLE_H
#define TABLE_H

#include "system.h"

#define MAX_FRAME (64 << 20)
#define SERVICE_SIZE 14
#define ENDPOINT_SIZE 6

struct service {
    u8 protocol;
    u32 ip;
    u16 port;
    u32 affinity;
    u16 count;
    const u8 *endpoints;
};

struct table {
    u8 *bytes;
    u32 size;
};

static struct table table;

/* Walks through the entries of one kind; answers the next one from the position on, or null. */
static const u8 *next_entry(struct table *of, u32 *position, u8 kind) {
    while (*position < of->size) {
        const u8 *entry = of->bytes + *position;
        const u8 *end = of->bytes + of->size;
        const u8 *after;
        if (*entry == 'S' && end - entry >= SERVICE_SIZE) {
            after = entry + SERVICE_SIZE + get16(entry + 12) * ENDPOINT_SIZE;
        } else if (*entry == 'N' && end - entry >= 4 && end - entry >= 6 + entry[3]) {
            after = entry + 6 + entry[3];
            for (u16 left = get16(after - 2); left > 0 && end - after >= 2; left--) after += 2 + get16(after);
        } else {
            break;
        }
        if (after > end) break;
        *position = (u32)(after - of->bytes);
        if (*entry == kind) return entry;
    }
    *position = of->size;
    return 0;
}

static int next_service(u32 *position, struct service *service) {
    const u8 *entry = next_entry(&table, position, 'S');
    if (entry == 0) return 0;
    service->protocol = entry[1];
    memcpy(&service->ip, entry + 2, 4);
    service->port = get16(entry + 6);
    service->affinity = get32(entry + 8);
    service->count = get16(entry + 12);
    service->endpoints = entry + SERVICE_SIZE;
    return 1;
}

static int find_service(u8 protocol, u32 ip, u16 port, struct service *service) {
    u32 position = 0;
    while (next_service(&position, service)) {
        if (service->protocol == protocol && service->ip == ip && service->port == port) return 1;
    }
    return 0;
}

static struct sockaddr_in endpoint(const struct service *service, u32 index) {
    const u8 *at = service->endpoints + index * ENDPOINT_SIZE;
    struct sockaddr_in address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    memcpy(&address.sin_addr, at, 4);
    memcpy(&address.sin_port, at + 4, 2);
    return address;
}

static int is_endpoint(const struct service *service, const struct sockaddr_in *address) {
    for (u32 i = 0; i < service->count; i++) {
        struct sockaddr_in known = endpoint(service, i);
        if (known.sin_addr.s_addr == address->sin_addr.s_addr && known.sin_port == address->sin_port) return (int)i + 1;
    }
    return 0;
}

/* Which endpoint a client was sent to last; direct-mapped, so that a crowd may push one another out. */
#define REMEMBERED 8192
struct memory {
    u32 ip, client, seen;
    u16 port;
    u8 protocol;
    struct sockaddr_in target;
};
static struct memory remembered[REMEMBERED];

static struct memory *memory_of(const struct service *service, u32 client) {
    u32 hash = (service->ip * 31 + service->port) * 31 + client + service->protocol;
    return remembered + ((hash * 2654435769u) >> 19) % REMEMBERED;
}

static void remember(const struct service *service, u32 client, struct sockaddr_in target) {
    if (service->affinity == 0) return;
    *memory_of(service, client) =
        (struct memory){service->ip, client, seconds(), service->port, service->protocol, target};
}

/* Chooses an endpoint of a service that has some, by its index. */
static u32 choose(const struct service *service, u32 client) {
    struct memory *known = memory_of(service, client);
    if (service->affinity > 0 && known->ip == service->ip && known->client == client && known->port == service->port &&
        known->protocol == service->protocol && seconds() - known->seen < service->affinity) {
        int found = is_endpoint(service, &known->target);
        if (found > 0) {
            known->seen = seconds();
            return (u32)found - 1;
        }
    }
    return any(service->count);
}

static u8 frame_head[4];
static u32 frame_read;
static struct table incoming;

/* Reads on; answers 1 when a new table is in force, -1 at the end of the input. */
static int read_table(int fd) {
    u8 *to = frame_read < 4 ? frame_head + frame_read : incoming.bytes + frame_read - 4;
    u32 wanted = frame_read < 4 ? 4 - frame_read : incoming.size + 4 - frame_read;
    long got = sys_read(fd, to, wanted);
    if (got == -EAGAIN || got == -EINTR) return 0;
    if (got <= 0) return -1;
    frame_read += (u32)got;
    if (frame_read == 4) {
        incoming.size = get32(frame_head);
        if (incoming.size < 4 || incoming.size > MAX_FRAME) fail("a table has an impossible size");
        incoming.bytes = sys_map(incoming.size);
        if (!is_mapped(incoming.bytes)) fail("no memory for a table");
    }
    if (frame_read < 4 || frame_read < incoming.size + 4) return 0;
    frame_read = 0;
    return 1;
}

#endif
