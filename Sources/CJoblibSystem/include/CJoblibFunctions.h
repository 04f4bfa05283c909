#ifndef CJOBLIB_FUNCTIONS_H
#define CJOBLIB_FUNCTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    joblib_loaded_image_segments = 24,
    joblib_loaded_image_mark = 64,
};

/// A part of a loaded image, as it lies in memory.
typedef struct {
    uint64_t start;
    uint64_t end;
    bool readable;
    bool executable;
    /// Nobody writes there once the program runs.
    bool constant;
} joblib_segment;

/// An executable or a shared library that is loaded.
typedef struct {
    /// What to add to an address in the file to get the address in memory.
    uint64_t bias;
    /// Empty for the program itself on Linux. Valid while the image is loaded.
    const char *path;
    bool is_program;
    joblib_segment segments[joblib_loaded_image_segments];
    size_t segment_count;
    /// The linker's identification of this very build (GNU build-id, LC_UUID); 0 bytes when it gave none.
    uint8_t mark[joblib_loaded_image_mark];
    size_t mark_count;
    /// The sorted table of functions in .eh_frame_hdr; 0 when there is none.
    uint64_t unwind_table;
    uint64_t unwind_table_size;
} joblib_loaded_image;

/// Fills in up to `capacity` of the images that are loaded now; returns how many there are.
size_t joblib_loaded_images(joblib_loaded_image *images, size_t capacity);

/// Whether this many bytes can be read at an address: asked of the kernel, so that a wrong address is no fault.
bool joblib_can_read(const void *address, void *bytes, size_t count);

/// Swift's table of how a type conforms to a protocol, both by their addresses; null when it does not.
const void *joblib_conformance(const void *type, const void *protocol);

/// The metadata of `any P` for a protocol, by its descriptor's address.
const void *joblib_existential(const void *protocol, bool is_class_bound);

/// A file's size, time of change and number, which change when it is built again. False when it cannot be found.
bool joblib_file_stamp(const char *path, uint64_t stamp[4]);

#endif
