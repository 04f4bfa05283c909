#ifndef CJOBLIB_SOCKET_H
#define CJOBLIB_SOCKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// How many descriptors travel with one message at most.
enum { joblib_message_descriptors = 32 };

/// Two connected sockets, closed on exec: 0 or a negative errno.
int joblib_socket_pair(int sockets[2]);

/// True for a connected socket of this machine.
bool joblib_is_socket(int descriptor);

/// Sends two runs of bytes and descriptors with the first byte, without waiting and without SIGPIPE.
/// The count sent, or a negative errno (-EAGAIN: the buffer is full).
ptrdiff_t joblib_send(
    int socket, const void *head, size_t head_count, const void *body, size_t body_count, const int *descriptors,
    size_t descriptor_count
);

/// Receives bytes and the descriptors that came with them, closed on exec, without waiting.
/// The count received, 0 at the end, or a negative errno (-EAGAIN: nothing is there).
ptrdiff_t joblib_receive(int socket, void *bytes, size_t count, int *descriptors, size_t *descriptor_count);

enum {
    joblib_ready_read = 1,
    joblib_ready_write = 2,
    /// The other end is gone. Reported for every descriptor.
    joblib_ready_end = 4,
};

/// Waits until one of the descriptors is ready or the deadline (UINT64_MAX: none) has passed.
/// `events`: what to wait for, then what is there. The count of those ready, or a negative errno.
int joblib_poll(const int *descriptors, uint8_t *events, size_t count, uint64_t deadline);

/// A pipe for waking a thread that polls: 0 or a negative errno. `ends[0]` is read. Neither end waits.
int joblib_pipe(int ends[2]);

#endif
