#define _GNU_SOURCE

#include "CJoblibImage.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#if defined(__has_include)
#if __has_include(<ptrauth.h>)
#include <ptrauth.h>
#endif
#endif

// Part of the Swift runtime's stable interface, in no public header.
extern char *swift_demangle(
    const char *name, size_t length, char *output, size_t *output_size, uint32_t flags
);

char *joblib_demangle(const char *name, size_t length) {
    return swift_demangle(name, length, NULL, NULL, 0);
}

void joblib_free(void *memory) {
    free(memory);
}

const void *joblib_strip_code_pointer(const void *pointer) {
#if defined(__has_feature)
#if __has_feature(ptrauth_calls)
    return ptrauth_strip(pointer, ptrauth_key_function_pointer);
#endif
#endif
    return pointer;
}

const char *joblib_dynamic_symbol_at(const void *address) {
    Dl_info info;
    memset(&info, 0, sizeof info);
    return dladdr(address, &info) != 0 ? info.dli_sname : NULL;
}

#if defined(__linux__)

#include <link.h>

typedef struct {
    uintptr_t address;
    joblib_image *image;
} search;

static int visit(struct dl_phdr_info *info, size_t size, void *data) {
    (void)size;
    search *wanted = data;
    for (size_t i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
        uintptr_t start = info->dlpi_addr + segment->p_vaddr;
        if (segment->p_type != PT_LOAD || wanted->address < start || wanted->address - start >= segment->p_memsz) {
            continue;
        }
        // The program itself has no name here, and its file may have been replaced since it started.
        const char *path = info->dlpi_name != NULL && info->dlpi_name[0] != 0 ? info->dlpi_name : "/proc/self/exe";
        size_t length = strlen(path);
        if (length >= sizeof wanted->image->path) {
            return -1;
        }
        memcpy(wanted->image->path, path, length + 1);
        wanted->image->bias = info->dlpi_addr;
        bool readable = (segment->p_flags & PF_R) != 0;
        wanted->image->readable = readable ? segment->p_memsz - (wanted->address - start) : 0;
        return 1;
    }
    return 0;
}

bool joblib_image_at(const void *address, joblib_image *image) {
    search wanted = {(uintptr_t)address, image};
    return dl_iterate_phdr(visit, &wanted) == 1;
}

#else

bool joblib_image_at(const void *address, joblib_image *image) {
    (void)address;
    (void)image;
    return false;
}

#endif
