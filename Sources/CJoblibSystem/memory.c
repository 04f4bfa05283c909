#define _GNU_SOURCE

#include "CJoblibMemory.h"
#include "CJoblibFaults.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

// Part of the Swift runtime's stable interface, in no public header.
extern bool swift_isUniquelyReferenced_nonNull_native(const void *object);

bool joblib_is_uniquely_referenced(const void *object) {
    if (!swift_isUniquelyReferenced_nonNull_native(object)) {
        return false;
    }
    // Pairs with the release in the last swift_release of another thread: its reads are done.
    __atomic_thread_fence(__ATOMIC_ACQUIRE);
    return true;
}

int joblib_memory_create(const char *name) {
    if (joblib_fault(joblib_call_memory, NULL)) {
        return -errno;
    }
#if defined(__linux__)
    int descriptor = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
    return descriptor < 0 ? -errno : descriptor;
#else
    // Darwin has names only: one that is taken away at once.
    static uint32_t counter;
    char path[32];
    (void)name;
    for (;;) {
        snprintf(path, sizeof path, "/joblib.%d.%u", getpid(), __atomic_fetch_add(&counter, 1, __ATOMIC_RELAXED));
        int descriptor = shm_open(path, O_RDWR | O_CREAT | O_EXCL, 0600);
        if (descriptor >= 0) {
            shm_unlink(path);
            fcntl(descriptor, F_SETFD, FD_CLOEXEC);
            return descriptor;
        }
        if (errno != EEXIST && errno != EINTR) {
            return -errno;
        }
    }
#endif
}

int joblib_unlinked_file(const char *directory) {
    int descriptor;
#if defined(O_TMPFILE)
    do {
        descriptor = joblib_fault(joblib_call_open, NULL)
            ? -1
            : open(directory, O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
    } while (descriptor < 0 && errno == EINTR);
    // Not every file system can do that (overlays, NFS): EISDIR comes from kernels that do not know the flag.
    if (descriptor >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)) {
        return descriptor < 0 ? -errno : descriptor;
    }
#endif
    size_t capacity = strlen(directory) + sizeof "/.joblib-XXXXXX";
    char *path = malloc(capacity);
    if (path == NULL) {
        return -ENOMEM;
    }
    snprintf(path, capacity, "%s/.joblib-XXXXXX", directory);
    do {
        descriptor = joblib_fault(joblib_call_open, NULL) ? -1 : mkstemp(path);
    } while (descriptor < 0 && errno == EINTR);
    int result = descriptor < 0 ? -errno : descriptor;
    if (descriptor >= 0) {
        unlink(path);
        fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    }
    free(path);
    return result;
}

int joblib_memory_resize(int descriptor, uint64_t size, bool reserve) {
    if (size > INT64_MAX) {
        return -EFBIG;
    }
    int result;
#if defined(__APPLE__)
    // Before the size is set: the space is counted from the end of what the file has.
    if (reserve && size > 0) {
        fstore_t store = {.fst_flags = F_ALLOCATEALL, .fst_posmode = F_PEOFPOSMODE, .fst_length = (off_t)size};
        do {
            result = joblib_fault(joblib_call_reserve, NULL) ? -1 : fcntl(descriptor, F_PREALLOCATE, &store);
        } while (result < 0 && errno == EINTR);
        // Not every file system can reserve: those take the space as it is written.
        if (result < 0 && errno != EINVAL && errno != ENOTTY && errno != ENOTSUP) {
            return -errno;
        }
    }
#endif
    do {
        result = joblib_fault(joblib_call_resize, NULL) ? -1 : ftruncate(descriptor, (off_t)size);
    } while (result < 0 && errno == EINTR);
    if (result < 0) {
        return -errno;
    }
#if !defined(__APPLE__)
    if (reserve && size > 0) {
        do {
            // Gives the error itself, and writes zeros where the file system cannot reserve.
            result = joblib_fault(joblib_call_reserve, NULL) ? errno : posix_fallocate(descriptor, 0, (off_t)size);
        } while (result == EINTR);
        return -result;
    }
#endif
    return 0;
}

int joblib_memory_seal(int descriptor, bool contents) {
#if defined(__linux__)
    int seals = F_SEAL_SHRINK | F_SEAL_GROW | (contents ? F_SEAL_WRITE : 0);
    return fcntl(descriptor, F_ADD_SEALS, seals) == 0 ? 0 : -errno;
#else
    // Darwin's shared memory can be given a size only once, and has no other seal.
    (void)descriptor;
    (void)contents;
    return 0;
#endif
}

bool joblib_memory_is_sealed(int descriptor) {
#if defined(__linux__)
    int seals = fcntl(descriptor, F_GET_SEALS);
    return seals >= 0 && (seals & F_SEAL_SHRINK) != 0;
#else
    struct stat status;
    return fstat(descriptor, &status) == 0 && !S_ISREG(status.st_mode);
#endif
}

size_t joblib_page_size(void) {
    long size = sysconf(_SC_PAGESIZE);
    return size > 0 ? (size_t)size : 4096;
}

int joblib_map(int descriptor, uint64_t offset, size_t length, joblib_access access, void **start) {
    int protection = access == joblib_access_read ? PROT_READ : PROT_READ | PROT_WRITE;
    int sharing = access == joblib_access_copy ? MAP_PRIVATE : MAP_SHARED;
    void *found = joblib_fault(joblib_call_map, NULL)
        ? MAP_FAILED
        : mmap(NULL, length, protection, sharing, descriptor, (off_t)offset);
    if (found == MAP_FAILED) {
        return -errno;
    }
    *start = found;
    return 0;
}

int joblib_map_behind_page(int descriptor, uint64_t offset, size_t length, void **start) {
    const size_t page = joblib_page_size();
    const size_t large = 2u << 20;
    // Large pages need the same offset within 2 MiB in memory and in the file.
    const size_t slack = length >= large ? large : 0;
    if (length > SIZE_MAX - 2 * large) {
        return -ENOMEM;
    }
    const size_t whole = page + (length + page - 1) / page * page;
    char *base = joblib_fault(joblib_call_map, NULL)
        ? MAP_FAILED
        : mmap(NULL, whole + slack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (base == MAP_FAILED) {
        return -errno;
    }
    if (slack != 0) {
        // Give back what lies before and behind the part with the right alignment.
        size_t before = (large - ((uintptr_t)base + page - offset) % large) % large;
        if (before > 0) {
            munmap(base, before);
        }
        if (slack > before) {
            munmap(base + before + whole, slack - before);
        }
        base += before;
    }
    void *data = mmap(base + page, length, PROT_READ, MAP_SHARED | MAP_FIXED, descriptor, (off_t)offset);
    if (data == MAP_FAILED) {
        int code = errno;
        munmap(base, whole);
        return -code;
    }
    *start = data;
    return 0;
}

int joblib_map_array(int descriptor, uint64_t offset, size_t length, size_t header, void **start, size_t *mapped) {
    const size_t page = joblib_page_size();
    if (offset < header || offset > INT64_MAX || length > SIZE_MAX / 2) {
        return -EINVAL;
    }
    const uint64_t first = (offset - header) / page * page;
    const size_t before = (size_t)(offset - first);
    const size_t whole = before + length;
    const size_t pages = (whole + page - 1) / page * page;
    // As above: half of the time of reading a large file in the system's cache went into faults on small pages.
    const size_t large = 2u << 20;
    const size_t slack = length >= large ? large : 0;
    char *base = joblib_fault(joblib_call_map, NULL)
        ? MAP_FAILED
        : mmap(NULL, pages + slack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (base == MAP_FAILED) {
        return -errno;
    }
    if (slack != 0) {
        size_t unused = (large + first % large - (uintptr_t)base % large) % large;
        if (unused > 0) {
            munmap(base, unused);
        }
        munmap(base + unused + pages, slack - unused);
        base += unused;
    }
    // The pages that hold the header are memory of our own with the file's bytes: a private copy of the file's pages
    // would be taken away with them when somebody truncates the file, and the header is looked at after the last use.
    const size_t own = (before + page - 1) / page * page < whole ? (before + page - 1) / page * page : whole;
    int code = 0;
    for (size_t done = 0; done < own && code == 0;) {
        ssize_t count = joblib_fault(joblib_call_read, NULL)
            ? -1
            : pread(descriptor, base + done, own - done, (off_t)(first + done));
        if (count > 0) {
            done += (size_t)count;
        } else if (count == 0 || errno != EINTR) {
            code = count == 0 ? EIO : errno;
        }
    }
    if (code == 0 && own < whole
        && mmap(base + own, whole - own, PROT_READ, MAP_PRIVATE | MAP_FIXED, descriptor, (off_t)(first + own))
            == MAP_FAILED) {
        code = errno;
    }
    if (code != 0) {
        munmap(base, pages);
        return -code;
    }
    *start = base;
    *mapped = whole;
    return 0;
}

void joblib_unmap(void *start, size_t length) {
    munmap(start, length);
}

bool joblib_memory_is_available(size_t length) {
    // As malloc does it for large blocks: the kernel says no to what it could never give.
    void *start = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED) {
        return false;
    }
    munmap(start, length);
    return true;
}

void joblib_touch_pages(void *start, size_t length) {
#if defined(__linux__)
#if !defined(MADV_POPULATE_WRITE)
#define MADV_POPULATE_WRITE 23
#endif
    const size_t page = joblib_page_size();
    uintptr_t first = ((uintptr_t)start + page - 1) / page * page;
    uintptr_t last = ((uintptr_t)start + length) / page * page;
    if (first < last) {
        // Linux 5.14. Where it does not exist, the copy that follows takes the faults one by one.
        (void)madvise((void *)first, last - first, MADV_POPULATE_WRITE);
    }
#else
    (void)start;
    (void)length;
#endif
}
