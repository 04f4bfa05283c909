#ifndef CJOBLIB_PROCESS_H
#define CJOBLIB_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The number of processors this process may run on, 0 where the system does not say.
int joblib_affinity_count(void);

/// The width of the terminal behind a descriptor in characters, 0 when it is none or does not know.
int joblib_terminal_columns(int descriptor);

/// write(2) without SIGPIPE: the count written, or the error as a negative number (-EPIPE, -EAGAIN, ...).
ptrdiff_t joblib_write_without_signal(int descriptor, const void *bytes, size_t count);

/// The file that this program was started from, ending in a zero byte; false when the system does not tell.
bool joblib_executable_path(char *path, size_t capacity);

/// The system's words for an error number. Always ends in a zero byte.
void joblib_error_text(int code, char *buffer, size_t capacity);

/// The process's environment: pointers to "NAME=value", the last one null.
char *const *joblib_environment(void);

/// The resident memory of this process in bytes; 0 when it is not known.
uint64_t joblib_resident_bytes(void);

#endif
