#ifndef CJOBLIB_MEMORY_H
#define CJOBLIB_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Memory without a name, closed on exec: a descriptor or a negative errno.
int joblib_memory_create(const char *name);

/// A file without a name in a directory, closed on exec: a descriptor or a negative errno.
int joblib_unlinked_file(const char *directory);

/// Gives it its size: 0 or a negative errno. With `reserve` the space is taken at once, so that a full disk is an error
/// here and not a signal (SIGBUS) when a page is touched.
int joblib_memory_resize(int descriptor, uint64_t size, bool reserve);

/// From now on nobody can change the size; with `contents` nobody can write either. 0 or a negative errno.
int joblib_memory_seal(int descriptor, bool contents);

/// True when the size can never shrink: only then is reading a peer's memory safe from SIGBUS.
bool joblib_memory_is_sealed(int descriptor);

typedef enum __attribute__((enum_extensibility(closed))) {
    joblib_access_read,
    joblib_access_write,
    /// Writes stay private to this mapping.
    joblib_access_copy,
} joblib_access;

/// Maps part of a file: 0 or a negative errno. `offset` is a multiple of the page size.
int joblib_map(int descriptor, uint64_t offset, size_t length, joblib_access access, void **start);

/// Maps part of a file, read-only, with a writable page of our own before it. `*start` is the file's first byte.
int joblib_map_behind_page(int descriptor, uint64_t offset, size_t length, void **start);

/// Maps part of a file, read-only but for its first page, which is a copy; the `header` bytes before it are writable.
/// `*start` is the first page mapped, `*mapped` how far it goes.
int joblib_map_array(int descriptor, uint64_t offset, size_t length, size_t header, void **start, size_t *mapped);

void joblib_unmap(void *start, size_t length);

size_t joblib_page_size(void);

/// Whether so much memory is to be had at once; what is told may not hold for long.
bool joblib_memory_is_available(size_t length);

/// Takes all pages of a range into use at once, which costs less than a fault for each. A hint.
void joblib_touch_pages(void *start, size_t length);

/// Whether an object of Swift's has exactly one reference; if so, all that others did with it is over and visible.
bool joblib_is_uniquely_referenced(const void *object);

#endif
