// The program of the two containers that the Docker driver makes for itself.
//
//   pause [ADDRESS RANGE]   holds the namespaces of a pod; sends what goes to the range (the services) to the address
//   gateway ADDRESS RANGE   answers at the address to DNS, and for every service in the range at its own address:
//                           it takes connections and datagrams and hands them on to endpoints
//
// One thread, one epoll set, edge-triggered; everything has a slot by the number of its socket.

#include "dns.h"
#include "route.h"
#include "system.h"
#include "table.h"

#define SLOTS 32768
#define BUFFER 16384
#define EVENTS 256
#define TURNS 64
#define DATAGRAM 65536
#define FLOW_BUCKETS 4096
#define FLOW_SECONDS 60
#define QUERY_SECONDS 10
#define STEP_MILLIS 1000
#define DNS_PORT 53
#define NOBODY 65535

enum kind { FREE, TCP_SERVICE, UDP_SERVICE, CLIENT, UPSTREAM, FLOW, QUERY, NAMES_UDP, NAMES_TCP, NAMES_CLIENT };

struct slot {
    u8 kind;
    u8 is_connecting;
    u8 has_ended;     /* this side sends no more */
    u8 end_was_told;  /* and the other side knows */
    u32 generation;
    int other;        /* the other side of a connection; the listening socket of a flow or a query; else -1 */
    u32 ip;           /* the service */
    u16 port;
    u32 tries;
    u32 choice;
    u8 *buffer;       /* what came from this side and is still to be sent to the other */
    u32 from, to;
    struct sockaddr_in peer;   /* the client of a connection, a flow or a query */
    struct sockaddr_in target; /* the endpoint of a flow */
    u32 seen;
    int next;                  /* of the flows in a bucket */
    struct answer *begun;      /* of a query about an alias */
    u16 owner, type;
};

static struct slot slots[SLOTS];
static u8 datagram[DATAGRAM];
static int flows[FLOW_BUCKETS];
static u8 *free_buffers;
static int highest = 0;
static int set;
static int reserve;
static u32 own_ip;
static struct sockaddr_in resolver;

static struct slot *slot_of(int fd) { return &slots[fd]; }

static u8 *take_buffer(void) {
    if (free_buffers == 0) {
        u8 *more = sys_map(BUFFER * 64);
        if (!is_mapped(more)) return 0;
        for (int i = 0; i < 64; i++) {
            memcpy(more + i * BUFFER, &free_buffers, sizeof free_buffers);
            free_buffers = more + i * BUFFER;
        }
    }
    u8 *taken = free_buffers;
    memcpy(&free_buffers, taken, sizeof free_buffers);
    return taken;
}

static void give_buffer(u8 *buffer) {
    if (buffer == 0) return;
    memcpy(buffer, &free_buffers, sizeof free_buffers);
    free_buffers = buffer;
}

static void watch(int fd, int operation) {
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET};
    event.data.u64 = (u64)slots[fd].generation << 32 | (u32)fd;
    sys_epoll_ctl(set, operation, fd, &event);
}

/* Gives a socket its slot; a socket beyond the last slot is closed. */
static struct slot *occupy(int fd, enum kind kind) {
    if (fd >= SLOTS) {
        sys_close(fd);
        return 0;
    }
    struct slot *slot = slot_of(fd);
    u32 generation = slot->generation + 1;
    memset(slot, 0, sizeof *slot);
    slot->generation = generation;
    slot->kind = (u8)kind;
    slot->other = -1;
    if (fd > highest) highest = fd;
    return slot;
}

static u32 bucket(int listener, const struct sockaddr_in *client) {
    return ((u32)listener * 31 + client->sin_addr.s_addr * 7 + client->sin_port) % FLOW_BUCKETS;
}

static void release(int fd) {
    struct slot *slot = slot_of(fd);
    if (slot->kind == FLOW) {
        for (int *at = &flows[bucket(slot->other, &slot->peer)]; *at > 0; at = &slots[*at].next) {
            if (*at == fd) {
                *at = slot->next;
                break;
            }
        }
    }
    give_buffer(slot->buffer);
    give_buffer((u8 *)slot->begun);
    slot->buffer = 0;
    slot->begun = 0;
    slot->kind = FREE;
    slot->generation++;
    sys_close(fd);
}

static void reset(int fd) {
    struct linger at_once = {1, 0};
    sys_setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once);
    release(fd);
}

static void reset_both(int fd) {
    int other = slot_of(fd)->other;
    reset(fd);
    if (other >= 0) reset(other);
}

static struct sockaddr_in address_of(u32 ip, u16 port) {
    struct sockaddr_in address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = ip;
    put16((u8 *)&address.sin_port, port);
    return address;
}

static int listen_on(u32 ip, u16 port, int type, enum kind kind) {
    int on = 1;
    long fd = sys_socket(AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return -1;
    struct sockaddr_in address = address_of(ip, port);
    if (type == SOCK_STREAM) sys_setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on);
    if (sys_bind(fd, &address, sizeof address) < 0 || (type == SOCK_STREAM && sys_listen(fd, 1024) < 0)) {
        sys_close(fd);
        return -1;
    }
    struct slot *slot = occupy((int)fd, kind);
    if (slot == 0) return -1;
    slot->ip = ip;
    slot->port = port;
    watch((int)fd, EPOLL_CTL_ADD);
    return (int)fd;
}

/* Begins to connect to an address, from the gateway's own. */
static int connect_to(const struct sockaddr_in *target, int type, enum kind kind) {
    int on = 1, attempts = 2;
    long fd = sys_socket(AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return -1;
    if (kind != QUERY) {
        struct sockaddr_in source = address_of(own_ip, 0);
        sys_setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on);
        sys_bind(fd, &source, sizeof source);
    }
    if (type == SOCK_STREAM) {
        sys_setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on);
        sys_setsockopt(fd, IPPROTO_TCP, TCP_SYNCNT, &attempts);
    }
    long result = sys_connect(fd, target, sizeof *target);
    if (result < 0 && result != -EINPROGRESS) {
        sys_close(fd);
        return -1;
    }
    return occupy((int)fd, kind) == 0 ? -1 : (int)fd;
}

// Connections

/* Tries one endpoint after the other; the client is refused when none is left. */
static void dial(int client) {
    struct slot *from = slot_of(client);
    struct service service;
    while (find_service(IPPROTO_TCP, from->ip, from->port, &service) && from->tries < service.count) {
        if (from->tries == 0) from->choice = choose(&service, from->peer.sin_addr.s_addr);
        struct sockaddr_in target = endpoint(&service, (from->choice + from->tries++) % service.count);
        int fd = connect_to(&target, SOCK_STREAM, UPSTREAM);
        if (fd < 0) continue;
        remember(&service, from->peer.sin_addr.s_addr, target);
        slots[fd].is_connecting = 1;
        slots[fd].other = client;
        from->other = fd;
        watch(fd, EPOLL_CTL_ADD);
        return;
    }
    reset(client);
}

/* Hands on what has come from one side; answers 0 when the connection is over. */
static int pump(int fd) {
    struct slot *from = slot_of(fd);
    struct slot *to = slot_of(from->other);
    for (int turn = 0; turn < TURNS; turn++) {
        if (from->from < from->to) {
            long sent = sys_sendto(from->other, from->buffer + from->from, from->to - from->from, 0, 0);
            if (sent == -EAGAIN) return 1;
            if (sent < 0) {
                reset_both(fd);
                return 0;
            }
            from->from += (u32)sent;
            continue;
        }
        if (from->has_ended) {
            if (!from->end_was_told) {
                from->end_was_told = 1;
                sys_shutdown(from->other, SHUT_WR);
            }
            if (!to->end_was_told) return 1;
            int other = from->other;
            release(fd);
            release(other);
            return 0;
        }
        if (from->buffer == 0 && (from->buffer = take_buffer()) == 0) {
            reset_both(fd);
            return 0;
        }
        long got = sys_read(fd, from->buffer, BUFFER);
        if (got == -EAGAIN) {
            // A connection that is silent needs no memory.
            give_buffer(from->buffer);
            from->buffer = 0;
            from->from = from->to = 0;
            return 1;
        }
        if (got < 0) {
            reset_both(fd);
            return 0;
        }
        from->from = 0;
        from->to = (u32)got;
        from->has_ended = got == 0;
    }
    // Others want their turn, too: this one is reported again.
    watch(fd, EPOLL_CTL_MOD);
    return 1;
}

static void on_connection(int fd) {
    struct slot *slot = slot_of(fd);
    if (slot->other < 0) return;
    struct slot *other = slot_of(slot->other);
    if (slot->is_connecting) {
        int error = 0, size = sizeof error;
        sys_getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
        struct sockaddr_in peer;
        int length = sizeof peer;
        if (error == 0 && CALL3(SYS_getpeername, fd, &peer, &length) < 0) return;
        if (error != 0) {
            int client = slot->other;
            reset(fd);
            other->other = -1;
            if (other->kind == CLIENT) {
                dial(client);
            } else {
                reset(client);
            }
            return;
        }
        slot->is_connecting = 0;
    }
    if (other->is_connecting) return;
    int peer = slot->other;
    if (pump(fd)) pump(peer);
}

static void on_accept(int listener) {
    while (1) {
        struct slot *service = slot_of(listener);
        struct sockaddr_in peer;
        int size = sizeof peer, on = 1;
        long fd = sys_accept(listener, &peer, &size);
        if (fd == -EMFILE || fd == -ENFILE) {
            // Whoever comes now is told so, instead of waiting for nothing.
            sys_close(reserve);
            fd = sys_accept(listener, &peer, &size);
            if (fd >= 0) sys_close(fd);
            reserve = (int)sys_open("/", O_RDONLY | O_CLOEXEC);
            if (fd < 0) return;
            continue;
        }
        if (fd == -ECONNABORTED || fd == -EINTR) continue;
        if (fd < 0) return;
        struct slot *client = occupy((int)fd, service->kind == NAMES_TCP ? NAMES_CLIENT : CLIENT);
        if (client == 0) continue;
        client->ip = service->ip;
        client->port = service->port;
        client->peer = peer;
        client->seen = seconds();
        sys_setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on);
        watch((int)fd, EPOLL_CTL_ADD);
        if (client->kind == CLIENT) dial((int)fd);
    }
}

// Datagrams

static int flow_of(int listener, const struct sockaddr_in *client) {
    for (int fd = flows[bucket(listener, client)]; fd > 0; fd = slots[fd].next) {
        struct slot *flow = slot_of(fd);
        if (flow->other == listener && flow->peer.sin_addr.s_addr == client->sin_addr.s_addr &&
            flow->peer.sin_port == client->sin_port) {
            return fd;
        }
    }
    struct slot *listening = slot_of(listener);
    struct service service;
    if (!find_service(IPPROTO_UDP, listening->ip, listening->port, &service) || service.count == 0) return -1;
    struct sockaddr_in target = endpoint(&service, choose(&service, client->sin_addr.s_addr));
    int fd = connect_to(&target, SOCK_DGRAM, FLOW);
    if (fd < 0) return -1;
    remember(&service, client->sin_addr.s_addr, target);
    struct slot *flow = slot_of(fd);
    flow->other = listener;
    flow->peer = *client;
    flow->target = target;
    flow->next = flows[bucket(listener, client)];
    flows[bucket(listener, client)] = fd;
    watch(fd, EPOLL_CTL_ADD);
    return fd;
}

static void on_datagrams(int listener) {
    for (int turn = 0; turn < TURNS; turn++) {
        struct sockaddr_in client;
        int size = sizeof client;
        long got = sys_recvfrom(listener, datagram, DATAGRAM, &client, &size);
        if (got == -EAGAIN) return;
        if (got < 0) continue;
        int fd = flow_of(listener, &client);
        if (fd < 0) continue;
        slots[fd].seen = seconds();
        // One that nobody listens to any more is forgotten: the next datagram finds another endpoint.
        if (sys_sendto(fd, datagram, got, 0, 0) == -ECONNREFUSED) release(fd);
    }
    watch(listener, EPOLL_CTL_MOD);
}

static void on_replies(int fd) {
    struct slot *flow = slot_of(fd);
    for (int turn = 0; turn < TURNS; turn++) {
        long got = sys_read(fd, datagram, DATAGRAM);
        if (got == -EAGAIN) return;
        if (got < 0) {
            release(fd);
            return;
        }
        flow->seen = seconds();
        sys_sendto(flow->other, datagram, got, &flow->peer, sizeof flow->peer);
    }
    watch(fd, EPOLL_CTL_MOD);
}

// Names

static void ask_others(int listener, const struct sockaddr_in *client, const u8 *query, u32 size, struct answer *begun,
                       u16 owner, u16 type) {
    int fd = connect_to(&resolver, SOCK_DGRAM, QUERY);
    if (fd < 0) return;
    struct slot *asked = slot_of(fd);
    asked->other = listener;
    asked->peer = *client;
    asked->seen = seconds();
    asked->owner = owner;
    asked->type = type;
    if (begun != 0 && (asked->begun = (struct answer *)take_buffer()) != 0) {
        memcpy(asked->begun, begun, sizeof *begun);
    }
    watch(fd, EPOLL_CTL_ADD);
    sys_sendto(fd, query, size, 0, 0);
}

static void ask_about_alias(int listener, const struct sockaddr_in *client, const struct question *question,
                            struct answer *begun) {
    u8 query[HEAD + MAX_NAME + 5];
    u32 owner = question->end + 12;
    memset(query, 0, sizeof query);
    memcpy(query, begun->bytes, 2);
    query[2] = 1;
    query[5] = 1;
    memcpy(query + HEAD, question->name, question->length);
    put16(query + HEAD + question->length, question->type);
    query[HEAD + question->length + 3] = 1;
    ask_others(listener, client, query, HEAD + question->length + 4, begun, (u16)owner, question->type);
}

static void on_questions(int listener) {
    static struct answer answer;
    for (int turn = 0; turn < TURNS; turn++) {
        struct sockaddr_in client;
        struct question question;
        int size = sizeof client;
        long got = sys_recvfrom(listener, datagram, DATAGRAM, &client, &size);
        if (got == -EAGAIN) return;
        if (got < HEAD) continue;
        if (!read_question(datagram, (u32)got, &question)) {
            ask_others(listener, &client, datagram, (u32)got, 0, 0, 0);
            continue;
        }
        switch (answer_question(datagram, &question, &answer)) {
            case ANSWERED: sys_sendto(listener, answer.bytes, answer.size, &client, size); break;
            case ASK_OTHERS: ask_others(listener, &client, datagram, (u32)got, 0, 0, 0); break;
            case ASK_ABOUT_ALIAS: ask_about_alias(listener, &client, &question, &answer); break;
        }
    }
    watch(listener, EPOLL_CTL_MOD);
}

static void on_answer(int fd) {
    struct slot *asked = slot_of(fd);
    long got = sys_read(fd, datagram, DATAGRAM);
    if (got == -EAGAIN) return;
    if (got > 0 && asked->begun != 0) {
        add_answers(asked->begun, asked->owner, asked->type, datagram, (u32)got);
        sys_sendto(asked->other, asked->begun->bytes, asked->begun->size, &asked->peer, sizeof asked->peer);
    } else if (got > 0) {
        sys_sendto(asked->other, datagram, got, &asked->peer, sizeof asked->peer);
    }
    release(fd);
}

/* A question over TCP: one of the cluster is answered, after any other the connection goes on to the resolver. */
static void on_long_question(int fd) {
    static struct answer answer;
    struct slot *client = slot_of(fd);
    if (client->buffer == 0 && (client->buffer = take_buffer()) == 0) {
        reset(fd);
        return;
    }
    while (1) {
        long got = sys_read(fd, client->buffer + client->to, BUFFER - client->to);
        if (got == -EAGAIN) return;
        if (got <= 0) {
            release(fd);
            return;
        }
        client->to += (u32)got;
        client->seen = seconds();
        while (client->to >= 2 && client->to >= 2u + get16(client->buffer)) {
            u32 size = get16(client->buffer);
            struct question question;
            int is_understood = read_question(client->buffer + 2, size, &question);
            question.room = MAX_MESSAGE;
            if (!is_understood || answer_question(client->buffer + 2, &question, &answer) != ANSWERED) {
                int other = connect_to(&resolver, SOCK_STREAM, UPSTREAM);
                if (other < 0) {
                    reset(fd);
                    return;
                }
                client->other = other;
                slots[other].other = fd;
                slots[other].is_connecting = 1;
                watch(other, EPOLL_CTL_ADD);
                return;
            }
            u8 length[2];
            put16(length, (u16)answer.size);
            if (sys_sendto(fd, length, 2, 0, 0) != 2 || sys_sendto(fd, answer.bytes, answer.size, 0, 0) != answer.size) {
                reset(fd);
                return;
            }
            client->to -= size + 2;
            for (u32 i = 0; i < client->to; i++) client->buffer[i] = client->buffer[i + size + 2];
        }
    }
}

// The table and the passing of time

static u32 key_protocol(const struct slot *slot) { return slot->kind == TCP_SERVICE ? IPPROTO_TCP : IPPROTO_UDP; }

static int is_served(int fd) {
    struct slot *slot = slot_of(fd);
    struct service service;
    return find_service((u8)key_protocol(slot), slot->ip, slot->port, &service) && service.count > 0;
}

static int is_open(const struct service *service) {
    for (int fd = 0; fd <= highest; fd++) {
        struct slot *slot = slot_of(fd);
        if ((slot->kind == TCP_SERVICE || slot->kind == UDP_SERVICE) && slot->ip == service->ip &&
            slot->port == service->port && key_protocol(slot) == service->protocol) {
            return 1;
        }
    }
    return 0;
}

/* A service without endpoints has no socket: the kernel refuses connections by itself. */
static void put_in_force(void) {
    u8 serial[4];
    memcpy(serial, incoming.bytes, 4);
    if (table.bytes != 0) sys_unmap(table.bytes - 4, table.size + 4);
    table.bytes = incoming.bytes + 4;
    table.size = incoming.size - 4;
    for (int fd = 0; fd <= highest; fd++) {
        struct slot *slot = slot_of(fd);
        if ((slot->kind == TCP_SERVICE || slot->kind == UDP_SERVICE) && !is_served(fd)) release(fd);
    }
    for (int fd = 0; fd <= highest; fd++) {
        struct slot *flow = slot_of(fd);
        struct service service;
        if (flow->kind != FLOW) continue;
        struct slot *listening = slot_of(flow->other);
        if (listening->kind != UDP_SERVICE ||
            !find_service(IPPROTO_UDP, listening->ip, listening->port, &service) ||
            !is_endpoint(&service, &flow->target)) {
            release(fd);
        }
    }
    u32 position = 0;
    struct service service;
    while (next_service(&position, &service)) {
        if (service.count == 0 || is_open(&service)) continue;
        int is_tcp = service.protocol == IPPROTO_TCP;
        listen_on(service.ip, service.port, is_tcp ? SOCK_STREAM : SOCK_DGRAM, is_tcp ? TCP_SERVICE : UDP_SERVICE);
    }
    sys_write(1, serial, sizeof serial);
}

static void forget_the_silent(void) {
    u32 now = seconds();
    for (int fd = 0; fd <= highest; fd++) {
        struct slot *slot = slot_of(fd);
        if ((slot->kind == FLOW && now - slot->seen > FLOW_SECONDS) ||
            (slot->kind == QUERY && now - slot->seen > QUERY_SECONDS)) {
            release(fd);
        } else if (slot->kind == NAMES_CLIENT && slot->other < 0 && now - slot->seen > QUERY_SECONDS) {
            reset(fd);
        }
    }
}

static void on_event(u64 data) {
    int fd = (int)(u32)data;
    struct slot *slot = slot_of(fd);
    // What an earlier event of the same turn has closed is not there any more.
    if (slot->generation != (u32)(data >> 32)) return;
    switch (slot->kind) {
        case TCP_SERVICE:
        case NAMES_TCP: on_accept(fd); break;
        case UDP_SERVICE: on_datagrams(fd); break;
        case CLIENT:
        case UPSTREAM: on_connection(fd); break;
        case FLOW: on_replies(fd); break;
        case QUERY: on_answer(fd); break;
        case NAMES_UDP: on_questions(fd); break;
        case NAMES_CLIENT: slot->other < 0 ? on_long_question(fd) : on_connection(fd); break;
        default: break;
    }
}

static struct sockaddr_in find_resolver(void) {
    static const char word[] = "nameserver ";
    long fd = sys_open("/etc/resolv.conf", O_RDONLY);
    long size = fd < 0 ? 0 : sys_read(fd, datagram, DATAGRAM - 1);
    sys_close(fd);
    datagram[size < 0 ? 0 : size] = 0;
    for (long at = 0; at + (long)sizeof word < size; at++) {
        if ((at == 0 || datagram[at - 1] == '\n') && memcmp(datagram + at, word, sizeof word - 1) == 0) {
            const char *text = (const char *)datagram + at + sizeof word - 1;
            u32 ip = address_at(&text);
            if (ip != 0) return address_of(ip, DNS_PORT);
        }
    }
    return address_of(0x0b00007f, DNS_PORT);
}

static void serve(const char *own, const char *services) {
    struct rlimit files;
    CALL4(SYS_prlimit64, 0, RLIMIT_NOFILE, 0, &files);
    files.rlim_cur = files.rlim_max < SLOTS ? files.rlim_max : SLOTS;
    CALL4(SYS_prlimit64, 0, RLIMIT_NOFILE, &files, 0);
    struct range self = {address_at(&own), 32};
    own_ip = self.address;
    resolver = find_resolver();
    set_hardware_address(own_ip);
    if (!add_route(self, 0) || !add_route(range_of(services), 0)) fail("the addresses of services can not be held");
    set = (int)CALL3(SYS_epoll_create1, EPOLL_CLOEXEC, 0, 0);
    reserve = (int)sys_open("/", O_RDONLY | O_CLOEXEC);
    if (listen_on(own_ip, DNS_PORT, SOCK_DGRAM, NAMES_UDP) < 0 || listen_on(own_ip, DNS_PORT, SOCK_STREAM, NAMES_TCP) < 0) {
        fail("the port of DNS can not be opened");
    }
    struct epoll_event input = {.events = EPOLLIN};
    input.data.u64 = ~0ull;
    sys_epoll_ctl(set, EPOLL_CTL_ADD, 0, &input);
    static struct epoll_event events[EVENTS];
    for (u32 swept = seconds();;) {
        long count = CALL6(SYS_epoll_pwait, set, events, EVENTS, STEP_MILLIS, 0, 0);
        for (long i = 0; i < count; i++) {
            if (events[i].data.u64 != ~0ull) {
                on_event(events[i].data.u64);
                continue;
            }
            int is_read = read_table(0);
            if (is_read > 0) put_in_force();
            // Without its owner nothing that it says stays true.
            if (is_read < 0) sys_exit(0);
        }
        if (seconds() - swept >= 5) {
            forget_the_silent();
            swept = seconds();
        }
    }
}

/* Ends when asked to, and until then reaps what the containers leave behind when they share its processes. */
static void hold(void) {
    u64 signals = 1ull << (SIGINT - 1) | 1ull << (SIGTERM - 1) | 1ull << (SIGCHLD - 1);
    CALL4(SYS_rt_sigprocmask, SIG_BLOCK, &signals, 0, sizeof signals);
    while (1) {
        long signal = CALL4(SYS_rt_sigtimedwait, &signals, 0, 0, sizeof signals);
        if (signal == SIGINT || signal == SIGTERM) sys_exit(0);
        while (CALL4(SYS_wait4, -1, 0, 1, 0) > 0) continue;
    }
}

static void give_up_rights(void) {
    CALL3(SYS_setgroups, 0, 0, 0);
    CALL3(SYS_setresgid, NOBODY, NOBODY, NOBODY);
    if (CALL3(SYS_setresuid, NOBODY, NOBODY, NOBODY) < 0) fail("the rights can not be given up");
}

__attribute__((used)) static void begin(long *stack) {
    long count = stack[0];
    const char **arguments = (const char **)(stack + 1);
    if (count == 4 && arguments[1][0] == 'g') {
        serve(arguments[2], arguments[3]);
    } else if (count == 4) {
        const char *gateway = arguments[2];
        u32 ip = address_at(&gateway);
        // A pod without a way to services is better than none.
        add_route(range_of(arguments[3]), ip);
        give_up_rights();
    }
    hold();
}

#if defined(__x86_64__)
__asm__(".globl _start\n_start:\n xor %ebp,%ebp\n mov %rsp,%rdi\n and $-16,%rsp\n call begin\n hlt\n");
#else
__asm__(".globl _start\n_start:\n mov x29,#0\n mov x0,sp\n bl begin\n brk #0\n");
#endif
