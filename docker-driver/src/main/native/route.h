// Routes of the network namespace that the program runs in.
#ifndef ROUTE_H
#define ROUTE_H

#include "system.h"

#define LOOPBACK 1

struct route_request {
    struct nlmsghdr head;
    struct rtmsg route;
    struct rtattr to_head;
    u32 to;
    struct rtattr by_head;
    u32 by;
};

/* Adds a route: to the gateway, or, if that is 0, to the system itself. Answers 0 where that is refused. */
static int add_route(struct range to, u32 gateway) {
    struct {
        struct nlmsghdr head;
        struct nlmsgerr error;
        u8 rest[256];
    } answer;
    struct route_request request;
    memset(&request, 0, sizeof request);
    request.head.nlmsg_len = sizeof request;
    request.head.nlmsg_type = RTM_NEWROUTE;
    request.head.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_REPLACE;
    request.route.rtm_family = AF_INET;
    request.route.rtm_dst_len = to.bits;
    request.route.rtm_table = gateway == 0 ? RT_TABLE_LOCAL : RT_TABLE_MAIN;
    request.route.rtm_protocol = RTPROT_STATIC;
    request.route.rtm_scope = gateway == 0 ? RT_SCOPE_HOST : RT_SCOPE_UNIVERSE;
    request.route.rtm_type = gateway == 0 ? RTN_LOCAL : RTN_UNICAST;
    request.to_head.rta_len = RTA_LENGTH(4);
    request.to_head.rta_type = RTA_DST;
    request.to = to.address;
    request.by_head.rta_len = RTA_LENGTH(4);
    request.by_head.rta_type = gateway == 0 ? RTA_OIF : RTA_GATEWAY;
    request.by = gateway == 0 ? LOOPBACK : gateway;
    long fd = sys_socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    memset(&answer, 0, sizeof answer);
    int is_added = fd >= 0 && sys_sendto(fd, &request, sizeof request, 0, 0) > 0 &&
                   sys_recvfrom(fd, &answer, sizeof answer, 0, 0) > (long)sizeof answer.head && answer.error.error == 0;
    sys_close(fd);
    return is_added;
}

/* Gives the network card an address that follows from its IP, so that a successor is found by those who knew it. */
static void set_hardware_address(u32 ip) {
    struct ifreq card;
    memset(&card, 0, sizeof card);
    memcpy(card.ifr_name, "eth0", 4);
    card.ifr_hwaddr.sa_family = 1;
    card.ifr_hwaddr.sa_data[0] = 0x0a;
    card.ifr_hwaddr.sa_data[1] = 0x58;
    memcpy(card.ifr_hwaddr.sa_data + 2, &ip, 4);
    long fd = sys_socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    // Where that is refused, a successor is found when the old address has been forgotten.
    sys_ioctl(fd, SIOCSIFHWADDR, &card);
    sys_close(fd);
}

#endif
