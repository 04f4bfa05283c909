#define _GNU_SOURCE

#include "CJoblibBacktrace.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

// Signal handlers read these: they must not be allocated at first use, as those of other models may be.
#define THREAD_LOCAL static _Thread_local __attribute__((tls_model("initial-exec")))

THREAD_LOCAL uintptr_t stack_low;
THREAD_LOCAL uintptr_t stack_high;

void joblib_learn_stack(void) {
    if (stack_high != 0) {
        return;
    }
#if defined(__linux__)
    pthread_attr_t attributes;
    if (pthread_getattr_np(pthread_self(), &attributes) != 0) {
        return;
    }
    void *start;
    size_t size;
    if (pthread_attr_getstack(&attributes, &start, &size) == 0) {
        stack_low = (uintptr_t)start;
        stack_high = stack_low + size;
    }
    pthread_attr_destroy(&attributes);
#elif defined(__APPLE__)
    stack_high = (uintptr_t)pthread_get_stackaddr_np(pthread_self());
    stack_low = stack_high - pthread_get_stacksize_np(pthread_self());
#endif
}

uintptr_t joblib_stack_low(void) {
    return stack_low;
}

#if defined(__linux__)

#include <link.h>
#include <sys/uio.h>

bool joblib_read_memory(uintptr_t address, void *bytes, size_t count) {
    struct iovec own = {bytes, count};
    struct iovec other = {(void *)address, count};
    // Says EFAULT where a load would end the process.
    return process_vm_readv(getpid(), &own, 1, &other, 1, 0) == (ssize_t)count;
}

typedef struct {
    joblib_mapped_image *images;
    size_t capacity;
    size_t count;
    size_t seen;
} listing;

static void read_build_id(const struct dl_phdr_info *info, joblib_mapped_image *image) {
    for (size_t i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
        if (segment->p_type != PT_NOTE) {
            continue;
        }
        const uint8_t *note = (const uint8_t *)(info->dlpi_addr + segment->p_vaddr);
        size_t left = segment->p_memsz;
        while (left >= sizeof(ElfW(Nhdr))) {
            ElfW(Nhdr) head;
            memcpy(&head, note, sizeof head);
            size_t name = ((size_t)head.n_namesz + 3) & ~(size_t)3;
            size_t size = sizeof head + name + (((size_t)head.n_descsz + 3) & ~(size_t)3);
            if (size > left) {
                break;
            }
            if (head.n_type == NT_GNU_BUILD_ID && head.n_namesz == 4 && memcmp(note + sizeof head, "GNU", 4) == 0) {
                size_t length = head.n_descsz < sizeof image->build_id ? head.n_descsz : sizeof image->build_id;
                memcpy(image->build_id, note + sizeof head + name, length);
                image->build_id_length = (uint32_t)length;
                return;
            }
            note += size;
            left -= size;
        }
    }
}

static int list(struct dl_phdr_info *info, size_t size, void *data) {
    (void)size;
    listing *listing = data;
    bool is_program = listing->seen++ == 0;
    if (listing->count == listing->capacity) {
        return 1;
    }
    joblib_mapped_image *image = &listing->images[listing->count];
    memset(image, 0, sizeof *image);
    image->start = UINT64_MAX;
    for (size_t i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
        if (segment->p_type != PT_LOAD || (segment->p_flags & PF_X) == 0) {
            continue;
        }
        uint64_t start = info->dlpi_addr + segment->p_vaddr;
        uint64_t end = start + segment->p_memsz;
        image->start = start < image->start ? start : image->start;
        image->end = end > image->end ? end : image->end;
    }
    if (image->start >= image->end) {
        return 0;
    }
    image->bias = info->dlpi_addr;
    image->is_program = is_program;
    if (is_program) {
        // The linker has no name for it.
        ssize_t length = readlink("/proc/self/exe", image->path, sizeof image->path);
        image->path[length > 0 && length < (ssize_t)sizeof image->path ? length : 0] = 0;
    } else if (info->dlpi_name != NULL && strlen(info->dlpi_name) < sizeof image->path) {
        strcpy(image->path, info->dlpi_name);
    }
    read_build_id(info, image);
    listing->count++;
    return 0;
}

size_t joblib_list_images(joblib_mapped_image *images, size_t capacity) {
    listing listing = {images, capacity, 0, 0};
    dl_iterate_phdr(list, &listing);
    return listing.count;
}

static int read_generation(struct dl_phdr_info *info, size_t size, void *data) {
    (void)size;
    *(uint64_t *)data = info->dlpi_adds + info->dlpi_subs;
    return 1;
}

uint64_t joblib_image_generation(void) {
    uint64_t generation = 0;
    dl_iterate_phdr(read_generation, &generation);
    return generation;
}

#else

bool joblib_read_memory(uintptr_t address, void *bytes, size_t count) {
    (void)address;
    (void)bytes;
    (void)count;
    return false;
}

size_t joblib_list_images(joblib_mapped_image *images, size_t capacity) {
    (void)images;
    (void)capacity;
    return 0;
}

uint64_t joblib_image_generation(void) {
    return 0;
}

#endif

// Where Swift's scheduler of async functions has its code: the frame that it calls is that of an async function.
static uint64_t scheduler_start, scheduler_end;

extern void swift_job_run(void *job, uint64_t first, uint64_t second) __attribute__((weak));

void joblib_learn_images(void) {
    static joblib_mapped_image images[joblib_image_capacity];
    uintptr_t scheduler = (uintptr_t)&swift_job_run;
    if (scheduler == 0 || scheduler_end != 0) {
        return;
    }
    size_t count = joblib_list_images(images, joblib_image_capacity);
    for (size_t i = 0; i < count; i++) {
        if (images[i].start <= scheduler && scheduler < images[i].end) {
            // Linked in statically, its code cannot be told from the program's.
            if (!images[i].is_program) {
                scheduler_start = images[i].start;
                scheduler_end = images[i].end;
            }
            return;
        }
    }
}

static void append(joblib_stack *stack, uint64_t address) {
    if (stack->count < joblib_stack_capacity) {
        stack->frames[stack->count++] = address;
        return;
    }
    // The outermost frames go round in a ring, which is put straight at the end.
    stack->outer[stack->omitted % joblib_stack_outer_capacity] = address;
    stack->omitted++;
}

/// From how many frames came after the innermost ones to how many of them are not kept.
static void settle(joblib_stack *stack) {
    uint32_t after = stack->omitted;
    uint32_t kept = after < joblib_stack_outer_capacity ? after : joblib_stack_outer_capacity;
    if (after > kept) {
        uint64_t ring[joblib_stack_outer_capacity];
        memcpy(ring, stack->outer, sizeof ring);
        for (uint32_t i = 0; i < kept; i++) {
            stack->outer[i] = ring[(after + i) % joblib_stack_outer_capacity];
        }
    }
    stack->outer_count = kept;
    stack->omitted = after - kept;
}

/// The callers of an async function are not on the stack but in a list of contexts, each with the address to resume at.
static void walk_contexts(joblib_stack *stack, uintptr_t frame) {
    uintptr_t context = 0;
    if (!joblib_read_memory(frame - sizeof(uintptr_t), &context, sizeof context)) {
        return;
    }
    for (int depth = 0; depth < 16 && context != 0 && context % sizeof(uintptr_t) == 0; depth++) {
        // The parent, then where it goes on.
        uintptr_t words[2];
        if (!joblib_read_memory(context, words, sizeof words)) {
            return;
        }
        if (words[1] < 4096 || (scheduler_start <= words[1] && words[1] < scheduler_end)) {
            return;
        }
        // An entry, not what a call returns to: one is taken off all of these when they are looked up.
        append(stack, words[1] + 1);
        context = words[0];
    }
}

void joblib_walk_stack(joblib_stack *stack, uintptr_t frame, uintptr_t stack_pointer) {
    // An async function marks its frame in a bit that no address has.
    const uintptr_t mark = sizeof(uintptr_t) == 8 ? (uintptr_t)1 << 60 : 0;
    uintptr_t lowest = stack_pointer;
    uintptr_t highest = stack_high;
    // A stack that has overflown ends below its lowest address; of that part nothing is read: no frame lies there.
    const uintptr_t overflow = 1 << 20;
    bool is_known = stack_low > overflow && stack_low - overflow <= stack_pointer && stack_pointer < stack_high;
    if (is_known && lowest < stack_low) {
        lowest = stack_low;
    }
    // A megabyte of frames is more than enough for a thread of which nothing is known.
    if (!is_known) {
        highest = stack_pointer + (1 << 20);
    }
    uint32_t limit = is_known ? 1 << 20 : 256;
    for (uint32_t depth = 0; depth < limit; depth++) {
        frame &= ~mark;
        if (frame < lowest || frame % sizeof(uintptr_t) != 0 || frame > highest - 2 * sizeof(uintptr_t)) {
            break;
        }
        uintptr_t words[2];
        if (is_known) {
            // Volatile: what a data race or damage has left there is bounded above, whatever it is.
            words[0] = ((volatile uintptr_t *)frame)[0];
            words[1] = ((volatile uintptr_t *)frame)[1];
        } else if (!joblib_read_memory(frame, words, sizeof words)) {
            break;
        }
        if (words[1] < 4096) {
            break;
        }
        if (scheduler_start <= words[1] && words[1] < scheduler_end) {
            walk_contexts(stack, frame);
            break;
        }
        append(stack, words[1]);
        lowest = frame + 2 * sizeof(uintptr_t);
        frame = words[0];
    }
    settle(stack);
}

ptrdiff_t joblib_find_bytes(const void *bytes, size_t count, const void *wanted, size_t wanted_count) {
    const uint8_t *start = bytes;
    const uint8_t *found = memmem(start, count, wanted, wanted_count);
    return found != NULL ? found - start : -1;
}
