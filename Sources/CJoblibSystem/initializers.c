#include "initializers.h"
#include "CJoblibWorker.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__APPLE__)

#include <dlfcn.h>
#include <mach-o/loader.h>

/// The header of the program's file if this code is in it; null in a bundle or a library.
static const struct mach_header_64 *program_header(void) {
    static const char here;
    Dl_info info;
    if (dladdr(&here, &info) == 0) {
        return NULL;
    }
    const struct mach_header_64 *header = info.dli_fbase;
    return header->magic == MH_MAGIC_64 && header->filetype == MH_EXECUTE ? header : NULL;
}

bool joblib_is_in_program(void) {
    return program_header() != NULL;
}

#else

bool joblib_is_in_program(void) {
    return true;
}

#endif

#if defined(__ELF__)

// Made by the linker, for programs in any case. In a library these would be the library's own: the program's come after them.
extern const joblib_initializer __init_array_start[] __attribute__((weak, visibility("hidden")));
extern const joblib_initializer __init_array_end[] __attribute__((weak, visibility("hidden")));

void joblib_run_later_initializers(joblib_initializer own, int count, char **arguments, char **environment) {
    const joblib_initializer *next = __init_array_start;
    while (next != __init_array_end && *next != own) {
        next++;
    }
    while (next != __init_array_end && ++next != __init_array_end) {
        (*next)(count, arguments, environment);
    }
}

#elif defined(__APPLE__) && !__has_feature(ptrauth_calls)

typedef struct {
    joblib_initializer own;
    int count;
    char **arguments;
    char **environment;
    /// Whether our own has been met.
    bool is_behind;
} initializer_run;

static void run_if_behind(initializer_run *run, joblib_initializer next) {
    if (run->is_behind) {
        next(run->count, run->arguments, run->environment);
    } else {
        run->is_behind = next == run->own;
    }
}

/// The segment from this load command on; null when there is none.
static const struct segment_command_64 *next_segment(
    const struct mach_header_64 *header, uint32_t *number, const uint8_t **command
) {
    while (*number < header->ncmds) {
        const struct load_command *head = (const struct load_command *)*command;
        *number += 1;
        *command += head->cmdsize;
        if (head->cmd == LC_SEGMENT_64) {
            return (const struct segment_command_64 *)head;
        }
    }
    return NULL;
}

/// What to add to an address in the file to get the one in memory.
static uintptr_t slide_of(const struct mach_header_64 *header) {
    const uint8_t *command = (const uint8_t *)(header + 1);
    const struct segment_command_64 *segment;
    uint32_t number = 0;
    while ((segment = next_segment(header, &number, &command)) != NULL) {
        // It begins with the header.
        if (strcmp(segment->segname, SEG_TEXT) == 0) {
            return (uintptr_t)header - (uintptr_t)segment->vmaddr;
        }
    }
    return 0;
}

/// Goes through the sections of one type: of pointers, or of distances from the header.
static void run_sections(initializer_run *run, const struct mach_header_64 *header, uint32_t type) {
    const uint8_t *command = (const uint8_t *)(header + 1);
    const struct segment_command_64 *segment;
    uint32_t number = 0;
    while ((segment = next_segment(header, &number, &command)) != NULL) {
        const struct section_64 *section = (const struct section_64 *)(segment + 1);
        for (uint32_t i = 0; i < segment->nsects; i++, section++) {
            if ((section->flags & SECTION_TYPE) != type) {
                continue;
            }
            uintptr_t start = (uintptr_t)section->addr + slide_of(header);
            if (type == S_INIT_FUNC_OFFSETS) {
                const uint32_t *offsets = (const uint32_t *)start;
                for (size_t j = 0; j < section->size / sizeof *offsets; j++) {
                    run_if_behind(run, (joblib_initializer)((uintptr_t)header + offsets[j]));
                }
            } else {
                const joblib_initializer *pointers = (const joblib_initializer *)start;
                for (size_t j = 0; j < section->size / sizeof *pointers; j++) {
                    run_if_behind(run, pointers[j]);
                }
            }
        }
    }
}

// dyld goes through the pointers, which it has relocated before, and then through the distances.
void joblib_run_later_initializers(joblib_initializer own, int count, char **arguments, char **environment) {
    const struct mach_header_64 *header = program_header();
    if (header == NULL) {
        return;
    }
    initializer_run run = {own, count, arguments, environment, false};
    run_sections(&run, header, S_MOD_INIT_FUNC_POINTERS);
    run_sections(&run, header, S_INIT_FUNC_OFFSETS);
}

#else

// Where pointers to code are signed, those of initializers are signed in another way.
void joblib_run_later_initializers(joblib_initializer own, int count, char **arguments, char **environment) {
    (void)own;
    (void)count;
    (void)arguments;
    (void)environment;
}

#endif
