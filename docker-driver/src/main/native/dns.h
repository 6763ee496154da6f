// Answers to questions about names of the cluster.
#ifndef DNS_H
#define DNS_H

#include "table.h"

#define MAX_NAME 255
#define MAX_MESSAGE 4096
#define LEAST_MESSAGE 512
#define HEAD 12
#define TYPE_A 1
#define TYPE_CNAME 5
#define TYPE_OPT 41
#define NO_SUCH_NAME 3

struct question {
    u8 name[MAX_NAME + 1];
    u32 length;
    u16 type;
    /* Where the question ends in its message, and how long an answer may be. */
    u32 end;
    u32 room;
};

/* Reads the one question of a message; answers 0 if it is none that is understood. */
static int read_question(const u8 *message, u32 size, struct question *question) {
    if (size < HEAD + 5 || (message[2] & 0xf8) != 0 || get16(message + 4) != 1) return 0;
    u32 at = HEAD, length = 0;
    while (at < size && message[at] != 0) {
        u32 label = message[at];
        if (label > 63 || at + label + 1 >= size || length + label + 2 > MAX_NAME) return 0;
        for (u32 i = 0; i <= label; i++) {
            u8 c = message[at++];
            question->name[length++] = i > 0 && c >= 'A' && c <= 'Z' ? (u8)(c + 'a' - 'A') : c;
        }
    }
    if (at + 5 > size) return 0;
    question->name[length++] = 0;
    question->length = length;
    question->type = get16(message + at + 1);
    question->end = at + 5;
    question->room = LEAST_MESSAGE;
    if (get16(message + 10) > 0 && at + 10 <= size && message[at + 5] == 0 && get16(message + at + 6) == TYPE_OPT) {
        u32 room = get16(message + at + 8);
        question->room = room < LEAST_MESSAGE ? LEAST_MESSAGE : room > MAX_MESSAGE ? MAX_MESSAGE : room;
    }
    return get16(message + at + 3) == 1;
}

static int ends_with(const u8 *name, u32 length, const char *suffix, u32 suffix_length) {
    // Only where a label begins.
    u32 at = 0;
    while (at < length && length - at > suffix_length) at += name[at] + 1u;
    return at + suffix_length == length && memcmp(name + at, suffix, suffix_length) == 0;
}

static int is_of_cluster(const u8 *name, u32 length) {
    static const char domain[] = "\7cluster\5local";
    return ends_with(name, length, domain, sizeof domain);
}

/* Finds the records of a name; answers how it is known: 2 with that type, 1 with others, 0 not at all. */
static int find_records(const u8 *name, u32 length, u16 type, const u8 **entry) {
    u32 position = 0;
    int known = 0;
    for (const u8 *at = next_entry(&table, &position, 'N'); at != 0; at = next_entry(&table, &position, 'N')) {
        if (at[3] != length || memcmp(at + 4, name, length) != 0) continue;
        known = 1;
        if (get16(at + 1) == type) {
            *entry = at;
            return 2;
        }
    }
    return known;
}

/* A message that is being written. */
struct answer {
    u8 bytes[MAX_MESSAGE];
    u32 size;
    u32 room;
};

static void add_record(struct answer *answer, u16 owner, const u8 *record, u32 length) {
    if (answer->size + 2 + length > answer->room) {
        // Cut short: whoever wants all asks again over TCP.
        answer->bytes[2] |= 2;
        return;
    }
    put16(answer->bytes + answer->size, (u16)(0xc000 | owner));
    memcpy(answer->bytes + answer->size + 2, record, length);
    answer->size += 2 + length;
    put16(answer->bytes + 6, (u16)(get16(answer->bytes + 6) + 1));
}

/* Adds all records of an entry, from any one on, so that clients that take the first are spread. */
static void add_records(struct answer *answer, u16 owner, const u8 *entry) {
    const u8 *first = entry + 6 + entry[3];
    u16 count = get16(first - 2);
    u32 skipped = any(count);
    for (u32 turn = 0; turn < 2; turn++) {
        const u8 *record = first;
        for (u32 i = 0; i < count; i++) {
            if ((i >= skipped) == (turn == 0)) add_record(answer, owner, record + 2, get16(record));
            record += 2 + get16(record);
        }
    }
}

static void begin_answer(struct answer *answer, const u8 *message, const struct question *question) {
    memcpy(answer->bytes, message, question->end);
    answer->bytes[2] = (u8)(0x84 | (message[2] & 1));
    answer->bytes[3] = 0x80;
    memset(answer->bytes + 6, 0, 6);
    answer->size = question->end;
    answer->room = question->room;
}

/* 10-208-3-7.shop.pod.cluster.local is an address that says itself. */
static int add_pod(struct answer *answer, const struct question *question) {
    static const char domain[] = "\3pod\7cluster\5local";
    u32 rest = question->name[0] + 1u;
    if (rest >= question->length || question->length - rest != question->name[rest] + 1u + sizeof domain ||
        !ends_with(question->name + rest, question->length - rest, domain, sizeof domain)) {
        return 0;
    }
    char text[64];
    for (u32 i = 1; i < rest; i++) text[i - 1] = question->name[i] == '-' ? '.' : (char)question->name[i];
    text[rest - 1] = 0;
    const char *at = text;
    u32 ip = address_at(&at);
    if (ip == 0 || *at != 0) return 0;
    u8 record[14] = {0, TYPE_A, 0, 1, 0, 0, 0, 5, 0, 4};
    memcpy(record + 10, &ip, 4);
    if (question->type == TYPE_A) add_record(answer, HEAD, record, sizeof record);
    return 1;
}

/* What is to be done about a question. */
enum verdict { ANSWERED, ASK_OTHERS, ASK_ABOUT_ALIAS };

/* Answers a question, or says who has to be asked: the others, or the others about the alias behind it. */
static enum verdict answer_question(const u8 *message, struct question *question, struct answer *answer) {
    const u8 *entry = 0;
    int known = find_records(question->name, question->length, question->type, &entry);
    if (known == 0 && !is_of_cluster(question->name, question->length)) return ASK_OTHERS;
    begin_answer(answer, message, question);
    if (known == 2) {
        add_records(answer, HEAD, entry);
        return ANSWERED;
    }
    if (known == 0) {
        if (!add_pod(answer, question)) answer->bytes[3] |= NO_SUCH_NAME;
        return ANSWERED;
    }
    if (find_records(question->name, question->length, TYPE_CNAME, &entry) != 2) return ANSWERED;
    const u8 *alias = entry + 6 + entry[3];
    u32 owner = answer->size + 12;
    add_record(answer, HEAD, alias + 2, get16(alias));
    u32 length = answer->size - owner;
    if (answer->size < owner || length > MAX_NAME) return ANSWERED;
    memcpy(question->name, alias + 12, length);
    question->length = length;
    const u8 *target = 0;
    known = find_records(question->name, length, question->type, &target);
    if (known == 2) {
        add_records(answer, (u16)owner, target);
    } else if (known == 0 && !is_of_cluster(question->name, length)) {
        return ASK_ABOUT_ALIAS;
    }
    return ANSWERED;
}

/* Passes a name of a message; answers where it ends, 0 if it does not. */
static u32 skip_name(const u8 *message, u32 size, u32 at) {
    while (at < size && message[at] != 0) {
        if (message[at] >= 0xc0) return at + 2;
        at += message[at] + 1u;
    }
    return at < size ? at + 1 : 0;
}

/* Adds what others say about an alias to the answer that ends with the alias. */
static void add_answers(struct answer *answer, u16 owner, u16 type, const u8 *message, u32 size) {
    if (size < HEAD) return;
    answer->bytes[3] = (u8)(answer->bytes[3] | (message[3] & 0xf));
    u32 at = skip_name(message, size, HEAD) + 4;
    for (u16 left = get16(message + 6); left > 0 && at > 4 && at < size; left--) {
        u32 record = skip_name(message, size, at);
        if (record == 0 || record + 10 > size || record + 10 + get16(message + record + 8) > size) return;
        u32 length = 10u + get16(message + record + 8);
        // Other types may hold names that point into this message.
        if (get16(message + record) == type && (type == TYPE_A || type == 28)) {
            add_record(answer, owner, message + record, length);
        }
        at = record + length;
    }
}

#endif
