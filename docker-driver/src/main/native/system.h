// The few calls of the Linux kernel that the gateway makes: there is no C library in its image.
#ifndef SYSTEM_H
#define SYSTEM_H

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;

/* Answers what the kernel answers: a negative number is an error. */
static long call6(long number, long a, long b, long c, long d, long e, long f) {
#if defined(__x86_64__)
    long result;
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    register long r9 __asm__("r9") = f;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
#elif defined(__aarch64__)
    register long x8 __asm__("x8") = number;
    register long x0 __asm__("x0") = a;
    register long x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c;
    register long x3 __asm__("x3") = d;
    register long x4 __asm__("x4") = e;
    register long x5 __asm__("x5") = f;
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
    return x0;
#else
#error "this architecture is not known"
#endif
}

#define CALL6(n, a, b, c, d, e, f) call6(n, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))
#define CALL4(n, a, b, c, d) CALL6(n, a, b, c, d, 0, 0)
#define CALL3(n, a, b, c) CALL6(n, a, b, c, 0, 0, 0)

#define sys_exit(code) CALL3(SYS_exit_group, code, 0, 0)
#define sys_open(path, flags) CALL4(SYS_openat, AT_FDCWD, path, flags, 0)
#define sys_close(fd) CALL3(SYS_close, fd, 0, 0)
#define sys_read(fd, to, size) CALL3(SYS_read, fd, to, size)
#define sys_write(fd, from, size) CALL3(SYS_write, fd, from, size)
#define sys_socket(family, type, protocol) CALL3(SYS_socket, family, type, protocol)
#define sys_bind(fd, address, size) CALL3(SYS_bind, fd, address, size)
#define sys_listen(fd, backlog) CALL3(SYS_listen, fd, backlog, 0)
#define sys_accept(fd, address, size) CALL4(SYS_accept4, fd, address, size, SOCK_NONBLOCK | SOCK_CLOEXEC)
#define sys_connect(fd, address, size) CALL3(SYS_connect, fd, address, size)
#define sys_shutdown(fd, how) CALL3(SYS_shutdown, fd, how, 0)
#define sys_setsockopt(fd, level, name, value) CALL6(SYS_setsockopt, fd, level, name, value, sizeof *(value), 0)
#define sys_getsockopt(fd, level, name, value, size) CALL6(SYS_getsockopt, fd, level, name, value, size, 0)
#define sys_sendto(fd, from, size, address, length) \
    CALL6(SYS_sendto, fd, from, size, MSG_NOSIGNAL, address, length)
#define sys_recvfrom(fd, to, size, address, length) CALL6(SYS_recvfrom, fd, to, size, 0, address, length)
#define sys_ioctl(fd, request, value) CALL3(SYS_ioctl, fd, request, value)
#define sys_epoll_ctl(set, what, fd, event) CALL4(SYS_epoll_ctl, set, what, fd, event)
#define sys_map(size) \
    ((void *)CALL6(SYS_mmap, 0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))
#define sys_unmap(from, size) CALL3(SYS_munmap, from, size, 0)

/* The compiler calls these by itself. */
void *memcpy(void *restrict to, const void *restrict from, unsigned long size) {
    for (unsigned long i = 0; i < size; i++) ((u8 *)to)[i] = ((const u8 *)from)[i];
    return to;
}

void *memset(void *to, int value, unsigned long size) {
    for (unsigned long i = 0; i < size; i++) ((u8 *)to)[i] = (u8)value;
    return to;
}

int memcmp(const void *left, const void *right, unsigned long size) {
    for (unsigned long i = 0; i < size; i++) {
        int difference = ((const u8 *)left)[i] - ((const u8 *)right)[i];
        if (difference != 0) return difference;
    }
    return 0;
}

static int is_mapped(void *memory) { return (long)memory > 0 || (long)memory < -4095; }

static u32 seconds(void) {
    struct timespec now = {0, 0};
    CALL3(SYS_clock_gettime, CLOCK_MONOTONIC, &now, 0);
    return (u32)now.tv_sec;
}

/* Good enough to spread connections: nothing secret depends on it. */
static u32 any(u32 below) {
    static u64 state;
    if (state == 0) {
        CALL3(SYS_getrandom, &state, sizeof state, 0);
        state |= 1;
    }
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return below == 0 ? 0 : (u32)(state >> 16) % below;
}

/* Big-endian numbers, as they are on the wire. */
static u16 get16(const u8 *at) { return (u16)(at[0] << 8 | at[1]); }
static u32 get32(const u8 *at) { return (u32)get16(at) << 16 | get16(at + 2); }
static void put16(u8 *at, u16 value) { at[0] = (u8)(value >> 8), at[1] = (u8)value; }

static void fail(const char *why) {
    unsigned long length = 0;
    while (why[length] != 0) length++;
    sys_write(2, why, length);
    sys_write(2, "\n", 1);
    sys_exit(1);
}

/* Reads a dotted address, in the order of the network; moves behind it. */
static u32 address_at(const char **text) {
    u8 parts[4] = {0, 0, 0, 0};
    for (int i = 0; i < 4; i++) {
        int digits = 0;
        while (**text >= '0' && **text <= '9') parts[i] = (u8)(parts[i] * 10 + *(*text)++ - '0'), digits++;
        if (digits == 0) return 0;
        if (i < 3 && **text == '.') (*text)++;
    }
    u32 address;
    memcpy(&address, parts, 4);
    return address;
}

/* An address with the number of its leading bits that count, such as 10.96.0.0/12. */
struct range {
    u32 address;
    u8 bits;
};

static struct range range_of(const char *text) {
    struct range range = {address_at(&text), 0};
    if (*text++ == '/') {
        while (*text >= '0' && *text <= '9') range.bits = (u8)(range.bits * 10 + *text++ - '0');
    }
    if (range.address == 0 || range.bits == 0 || range.bits > 32) fail("not a range of addresses");
    return range;
}

#endif
