#ifndef CJOBLIB_IMAGE_H
#define CJOBLIB_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// An executable or a shared library as it lies in memory.
typedef struct {
    /// What to add to an address in the file to get the address in memory.
    uint64_t bias;
    /// The bytes from the address to the end of its segment, 0 when the segment must not be read.
    uint64_t readable;
    /// Ends in a zero byte; "/proc/self/exe" for the program itself.
    char path[4096];
} joblib_image;

/// The image whose code or data is at an address; false when there is none or the system has no such list.
bool joblib_image_at(const void *address, joblib_image *image);

/// The dynamic linker's name of the function around an address, null when it has none.
const char *joblib_dynamic_symbol_at(const void *address);

/// A function pointer without its signature (arm64e); elsewhere the pointer itself.
const void *joblib_strip_code_pointer(const void *pointer);

/// The runtime's demangler: a malloc'ed string, null when the name is not a mangled one.
char *joblib_demangle(const char *name, size_t length);
void joblib_free(void *memory);

#endif
