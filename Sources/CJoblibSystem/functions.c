#define _GNU_SOURCE

#include "CJoblibFunctions.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// Parts of the Swift runtime's stable interface, in no public header.
extern const void *swift_conformsToProtocol(const void *type, const void *protocol);
extern const void *swift_getExistentialTypeMetadata(
    bool any_type, const void *superclass, size_t protocol_count, const void *const *protocols
);

const void *joblib_conformance(const void *type, const void *protocol) {
    return swift_conformsToProtocol(type, protocol);
}

const void *joblib_existential(const void *protocol, bool is_class_bound) {
    return swift_getExistentialTypeMetadata(!is_class_bound, NULL, 1, &protocol);
}

bool joblib_file_stamp(const char *path, uint64_t stamp[4]) {
    struct stat found;
    if (stat(path, &found) != 0) {
        return false;
    }
#if defined(__APPLE__)
    struct timespec changed = found.st_mtimespec;
#else
    struct timespec changed = found.st_mtim;
#endif
    stamp[0] = (uint64_t)found.st_size;
    stamp[1] = (uint64_t)changed.tv_sec;
    stamp[2] = (uint64_t)changed.tv_nsec;
    stamp[3] = (uint64_t)found.st_ino;
    return true;
}

static void add_segment(
    joblib_loaded_image *image, uint64_t start, uint64_t size, bool readable, bool executable, bool constant
) {
    if (image->segment_count == joblib_loaded_image_segments || size == 0) {
        return;
    }
    image->segments[image->segment_count++] = (joblib_segment){start, start + size, readable, executable, constant};
}

#if defined(__linux__)

#include <elf.h>
#include <link.h>
#include <sys/uio.h>

typedef struct {
    joblib_loaded_image *images;
    size_t capacity;
    size_t count;
} listing;

/// Looks through notes for the build-id. Each is name size, size, type, then name and contents padded to 4 bytes.
static void read_mark(joblib_loaded_image *image, const uint8_t *notes, uint64_t size) {
    uint64_t place = 0;
    while (size - place >= 12) {
        uint32_t head[3];
        memcpy(head, notes + place, sizeof head);
        uint64_t name = place + 12;
        uint64_t contents = name + (((uint64_t)head[0] + 3) & ~UINT64_C(3));
        uint64_t end = contents + (((uint64_t)head[1] + 3) & ~UINT64_C(3));
        if (end > size) {
            return;
        }
        if (head[2] == NT_GNU_BUILD_ID && head[0] == 4 && memcmp(notes + name, "GNU", 4) == 0 && head[1] != 0
            && head[1] <= joblib_loaded_image_mark) {
            memcpy(image->mark, notes + contents, head[1]);
            image->mark_count = head[1];
            return;
        }
        place = end;
    }
}

static int visit(struct dl_phdr_info *info, size_t size, void *data) {
    (void)size;
    listing *list = data;
    size_t position = list->count++;
    if (position >= list->capacity) {
        return 0;
    }
    joblib_loaded_image *image = &list->images[position];
    memset(image, 0, sizeof *image);
    image->bias = info->dlpi_addr;
    image->path = info->dlpi_name != NULL ? info->dlpi_name : "";
    // The linker lists the program first.
    image->is_program = position == 0;
    for (size_t i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
        uint64_t start = info->dlpi_addr + segment->p_vaddr;
        switch (segment->p_type) {
        case PT_LOAD:
            add_segment(
                image, start, segment->p_memsz, (segment->p_flags & PF_R) != 0, (segment->p_flags & PF_X) != 0,
                (segment->p_flags & PF_W) == 0
            );
            break;
        case PT_GNU_RELRO:
            // A part of a segment that is in the list as well: the linker takes the right to write away.
            add_segment(image, start, segment->p_memsz, true, false, true);
            break;
        case PT_NOTE:
            if (image->mark_count == 0) {
                read_mark(image, (const uint8_t *)(uintptr_t)start, segment->p_memsz);
            }
            break;
        case PT_GNU_EH_FRAME:
            image->unwind_table = start;
            image->unwind_table_size = segment->p_memsz;
            break;
        default:
            break;
        }
    }
    return 0;
}

size_t joblib_loaded_images(joblib_loaded_image *images, size_t capacity) {
    listing list = {images, capacity, 0};
    dl_iterate_phdr(visit, &list);
    return list.count;
}

bool joblib_can_read(const void *address, void *bytes, size_t count) {
    struct iovec here = {bytes, count};
    struct iovec there = {(void *)(uintptr_t)address, count};
    return process_vm_readv(getpid(), &here, 1, &there, 1, 0) == (ssize_t)count;
}

#elif defined(__APPLE__)

#include <mach-o/dyld.h>
#include <mach-o/loader.h>
#include <mach/mach.h>

static void read_commands(joblib_loaded_image *image, const struct mach_header_64 *header) {
    const uint8_t *command = (const uint8_t *)(header + 1);
    for (uint32_t i = 0; i < header->ncmds; i++) {
        const struct load_command *head = (const struct load_command *)command;
        if (head->cmd == LC_SEGMENT_64) {
            const struct segment_command_64 *segment = (const struct segment_command_64 *)command;
            add_segment(
                image, image->bias + segment->vmaddr, segment->vmsize, (segment->initprot & VM_PROT_READ) != 0,
                (segment->initprot & VM_PROT_EXECUTE) != 0,
                (segment->initprot & VM_PROT_WRITE) == 0 || strcmp(segment->segname, "__DATA_CONST") == 0
                    || strcmp(segment->segname, "__AUTH_CONST") == 0
            );
        } else if (head->cmd == LC_UUID) {
            memcpy(image->mark, ((const struct uuid_command *)command)->uuid, 16);
            image->mark_count = 16;
        }
        command += head->cmdsize;
    }
}

size_t joblib_loaded_images(joblib_loaded_image *images, size_t capacity) {
    uint32_t count = _dyld_image_count();
    for (uint32_t i = 0; i < count && i < capacity; i++) {
        joblib_loaded_image *image = &images[i];
        memset(image, 0, sizeof *image);
        image->path = _dyld_get_image_name(i) != NULL ? _dyld_get_image_name(i) : "";
        image->bias = (uint64_t)_dyld_get_image_vmaddr_slide(i);
        const struct mach_header_64 *header = (const struct mach_header_64 *)_dyld_get_image_header(i);
        // Null when another thread unloads it just now.
        if (header == NULL || header->magic != MH_MAGIC_64) {
            continue;
        }
        image->is_program = header->filetype == MH_EXECUTE;
        read_commands(image, header);
    }
    return count;
}

bool joblib_can_read(const void *address, void *bytes, size_t count) {
    vm_size_t done = 0;
    kern_return_t result = vm_read_overwrite(
        mach_task_self(), (vm_address_t)address, count, (vm_address_t)bytes, &done
    );
    return result == KERN_SUCCESS && done == count;
}

#else

size_t joblib_loaded_images(joblib_loaded_image *images, size_t capacity) {
    (void)images;
    (void)capacity;
    return 0;
}

bool joblib_can_read(const void *address, void *bytes, size_t count) {
    (void)address;
    (void)bytes;
    (void)count;
    return false;
}

#endif
