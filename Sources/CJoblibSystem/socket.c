#define _GNU_SOURCE

#include "CJoblibSocket.h"
#include "CJoblibFaults.h"
#include "CJoblibSystem.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#if defined(__APPLE__)
enum { send_flags = MSG_DONTWAIT, receive_flags = MSG_DONTWAIT };
#else
enum { send_flags = MSG_DONTWAIT | MSG_NOSIGNAL, receive_flags = MSG_DONTWAIT | MSG_CMSG_CLOEXEC };
#endif

int joblib_socket_pair(int sockets[2]) {
    int type = SOCK_STREAM;
#if !defined(__APPLE__)
    type |= SOCK_CLOEXEC;
#endif
    if (joblib_fault(joblib_call_pair, NULL) || socketpair(AF_UNIX, type, 0, sockets) != 0) {
        return -errno;
    }
#if defined(__APPLE__)
    for (int i = 0; i < 2; i++) {
        int yes = 1;
        fcntl(sockets[i], F_SETFD, FD_CLOEXEC);
        setsockopt(sockets[i], SOL_SOCKET, SO_NOSIGPIPE, &yes, sizeof yes);
        // Darwin's MSG_DONTWAIT is for receiving alone.
        fcntl(sockets[i], F_SETFL, O_NONBLOCK);
    }
#endif
    return 0;
}

bool joblib_is_socket(int descriptor) {
    int type = 0;
    socklen_t size = sizeof type;
    struct sockaddr_storage peer;
    socklen_t peer_size = sizeof peer;
    return getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_STREAM
        && getpeername(descriptor, (struct sockaddr *)&peer, &peer_size) == 0 && peer.ss_family == AF_UNIX;
}

typedef union {
    char bytes[CMSG_SPACE(sizeof(int) * joblib_message_descriptors)];
    struct cmsghdr alignment;
} control;

ptrdiff_t joblib_send(
    int socket, const void *head, size_t head_count, const void *body, size_t body_count, const int *descriptors,
    size_t descriptor_count
) {
    if (descriptor_count > joblib_message_descriptors) {
        return -EINVAL;
    }
    control control;
    ssize_t result;
    do {
        // Darwin refuses more at once; who calls sends the rest.
        size_t limit = head_count + body_count;
        limit = limit > INT_MAX ? INT_MAX : limit;
        if (joblib_fault(joblib_call_send, &limit)) {
            result = -1;
            continue;
        }
        size_t first = head_count < limit ? head_count : limit;
        struct iovec parts[2] = {
            {.iov_base = (void *)(uintptr_t)head, .iov_len = first},
            {.iov_base = (void *)(uintptr_t)body, .iov_len = limit - first},
        };
        struct msghdr message;
        memset(&message, 0, sizeof message);
        message.msg_iov = parts;
        message.msg_iovlen = 2;
        if (descriptor_count > 0) {
            memset(&control, 0, sizeof control);
            message.msg_control = control.bytes;
            message.msg_controllen = CMSG_SPACE(sizeof(int) * descriptor_count);
            struct cmsghdr *item = CMSG_FIRSTHDR(&message);
            item->cmsg_level = SOL_SOCKET;
            item->cmsg_type = SCM_RIGHTS;
            item->cmsg_len = CMSG_LEN(sizeof(int) * descriptor_count);
            memcpy(CMSG_DATA(item), descriptors, sizeof(int) * descriptor_count);
        }
        result = sendmsg(socket, &message, send_flags);
    } while (result < 0 && errno == EINTR);
    return result < 0 ? -(ptrdiff_t)errno : (ptrdiff_t)result;
}

ptrdiff_t joblib_receive(int socket, void *bytes, size_t count, int *descriptors, size_t *descriptor_count) {
    control control;
    struct msghdr message;
    ssize_t result;
    *descriptor_count = 0;
    memset(&message, 0, sizeof message);
    do {
        size_t limit = count > INT_MAX ? INT_MAX : count;
        if (joblib_fault(joblib_call_receive, &limit)) {
            result = -1;
            continue;
        }
        struct iovec part = {.iov_base = bytes, .iov_len = limit};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        message.msg_control = control.bytes;
        message.msg_controllen = sizeof control.bytes;
        result = recvmsg(socket, &message, receive_flags);
    } while (result < 0 && errno == EINTR);
    if (result < 0) {
        return -(ptrdiff_t)errno;
    }
    size_t found = 0;
    for (struct cmsghdr *item = CMSG_FIRSTHDR(&message); item != NULL; item = CMSG_NXTHDR(&message, item)) {
        if (item->cmsg_level != SOL_SOCKET || item->cmsg_type != SCM_RIGHTS) {
            continue;
        }
        size_t arrived = (item->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < arrived; i++) {
            int descriptor;
            memcpy(&descriptor, CMSG_DATA(item) + i * sizeof(int), sizeof(int));
            if (found < joblib_message_descriptors) {
                // Where the flag above does not exist: another thread's exec in between may see it.
#if defined(__APPLE__)
                fcntl(descriptor, F_SETFD, FD_CLOEXEC);
#endif
                descriptors[found++] = descriptor;
            } else {
                close(descriptor);
            }
        }
    }
    *descriptor_count = found;
    return (ptrdiff_t)result;
}

/// Waits as the system can do it: the count of those ready, or -1 and errno.
static int poll_until(struct pollfd *states, size_t count, uint64_t deadline) {
    int result;
    do {
        // Computed anew after an interruption: signals that keep coming must not move the deadline.
        uint64_t now = deadline == UINT64_MAX ? 0 : joblib_monotonic_nanoseconds();
        uint64_t left = now < deadline ? deadline - now : 0;
        if (joblib_fault(joblib_call_poll, NULL)) {
            result = -1;
            continue;
        }
#if defined(__APPLE__)
        uint64_t milliseconds = (left + 999999u) / 1000000u;
        int patience = milliseconds > INT32_MAX ? INT32_MAX : (int)milliseconds;
        result = poll(states, (nfds_t)count, deadline == UINT64_MAX ? -1 : patience);
#else
        struct timespec patience = {.tv_sec = (time_t)(left / 1000000000u), .tv_nsec = (long)(left % 1000000000u)};
        result = ppoll(states, (nfds_t)count, deadline == UINT64_MAX ? NULL : &patience, NULL);
#endif
    } while (result < 0 && errno == EINTR);
    return result;
}

#if defined(__APPLE__)

/// Gives the entries that wait for `before` something else to wait for; whether there are any.
static bool exchange_events(struct pollfd *states, size_t count, short before, short after) {
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        if (states[i].events == before) {
            states[i].events = after;
            any = true;
        }
    }
    return any;
}

/// XNU does not look at an entry that waits for nothing. One that waits for the end (POLLHUP) is looked at, but bytes
/// that nobody has read use that up, and an end that comes later is not told: the question is asked again and again.
static int poll_all(struct pollfd *states, size_t count, uint64_t deadline) {
    const uint64_t interval = 100000000;
    if (!exchange_events(states, count, 0, POLLHUP)) {
        return poll_until(states, count, deadline);
    }
    for (;;) {
        uint64_t now = joblib_monotonic_nanoseconds();
        uint64_t next = now < deadline && deadline - now > interval ? now + interval : deadline;
        int result = poll_until(states, count, next);
        if (result == 0 && joblib_monotonic_nanoseconds() < next) {
            // Used up, and back too early: the others are waited for, instead of asking without a pause.
            exchange_events(states, count, POLLHUP, 0);
            result = poll_until(states, count, next);
            exchange_events(states, count, 0, POLLHUP);
        }
        if (result != 0 || next == deadline) {
            return result;
        }
    }
}

#else

static int poll_all(struct pollfd *states, size_t count, uint64_t deadline) {
    return poll_until(states, count, deadline);
}

#endif

int joblib_poll(const int *descriptors, uint8_t *events, size_t count, uint64_t deadline) {
    struct pollfd few[16];
    struct pollfd *states = few;
    if (count > sizeof few / sizeof *few) {
        states = malloc(count * sizeof *states);
        if (states == NULL) {
            return -ENOMEM;
        }
    }
    for (size_t i = 0; i < count; i++) {
        states[i].fd = descriptors[i];
        states[i].events = 0;
        states[i].events |= (events[i] & joblib_ready_read) != 0 ? POLLIN : 0;
        states[i].events |= (events[i] & joblib_ready_write) != 0 ? POLLOUT : 0;
        states[i].revents = 0;
    }
    int result = poll_all(states, count, deadline);
    int code = errno;
    for (size_t i = 0; i < count; i++) {
        short found = result < 0 ? 0 : states[i].revents;
        events[i] = 0;
        events[i] |= (found & (POLLIN | POLLHUP)) != 0 ? joblib_ready_read : 0;
        events[i] |= (found & POLLOUT) != 0 ? joblib_ready_write : 0;
        // A descriptor that is not open counts as ended: waiting for it would never end.
        events[i] |= (found & (POLLHUP | POLLERR | POLLNVAL)) != 0 ? joblib_ready_end : 0;
    }
    if (states != few) {
        free(states);
    }
    return result < 0 ? -code : result;
}

int joblib_pipe(int ends[2]) {
    if (joblib_fault(joblib_call_pair, NULL)) {
        return -errno;
    }
#if defined(__APPLE__)
    if (pipe(ends) != 0) {
        return -errno;
    }
    for (int i = 0; i < 2; i++) {
        fcntl(ends[i], F_SETFD, FD_CLOEXEC);
        fcntl(ends[i], F_SETFL, O_NONBLOCK);
    }
    return 0;
#else
    return pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0 ? 0 : -errno;
#endif
}
